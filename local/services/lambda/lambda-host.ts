import type { Log } from "../../log.ts";
import type { InvocationFacts, IteratorAgeFacts } from "../cloudwatch/service-metrics.ts";

/** Credentials of one execution environment. */
export interface FunctionCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
}

/** What functions need of the cloud around them. */
export interface LambdaHost {
  readonly accountId: string;
  /** URL that functions send their calls to; known once the gateway listens. */
  endpoint(): string;
  /** Credentials of a role, for one execution environment. */
  issueCredentials(roleArn: string, sessionName: string): FunctionCredentials;
  revokeCredentials(accessKeyId: string): void;
  /** Takes a line that a function, or Lambda on its behalf, writes to its log group. */
  writeLog(group: string, stream: string, message: string, timestampMs: number): void;
  /** Whether a function's role lets Lambda write to a stream, given as its ARN. Default: yes. */
  mayWriteLog?(roleArn: string, streamArn: string): boolean;
  /** Hears how each event went, for the metrics of functions. */
  recordInvocation?(facts: InvocationFacts): void;
  /** Whether functions for Node.js 10 to 18 run, on the cloud's own Node.js. Default: no. */
  readonly runOldRuntimes?: boolean;
  /** Hears how old the records of streams are that reach a function. */
  recordIteratorAge?(facts: IteratorAgeFacts): void;
  readonly log: Log;
}
