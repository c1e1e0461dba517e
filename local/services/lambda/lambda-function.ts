import type { CodePackage } from "./code-package.ts";
import type { FunctionUrl } from "./function-url/function-url.ts";

/** What a function's users chose, as CreateFunction and UpdateFunctionConfiguration take it. */
export interface FunctionConfiguration {
  readonly description: string;
  readonly runtime: string;
  readonly handler: string;
  readonly roleArn: string;
  readonly timeoutSeconds: number;
  readonly memorySizeMb: number;
  readonly variables: Readonly<Record<string, string>>;
  /** Only FIS's extension. */
  readonly layerArns: readonly string[];
  readonly architectures: readonly string[];
  readonly tracingMode: string;
  readonly ephemeralStorageMb: number;
  readonly logging: Readonly<{
    LogFormat: string;
    LogGroup: string;
    ApplicationLogLevel?: string;
    SystemLogLevel?: string;
  }>;
}

/** A statement of a function's resource-based policy, by its statement id. */
export type PolicyStatements = Map<string, Readonly<Record<string, unknown>>>;

export interface LambdaFunction {
  readonly name: string;
  readonly arn: string;
  readonly region: string;
  readonly tags: Map<string, string>;
  readonly permissions: PolicyStatements;
  configuration: FunctionConfiguration;
  code: CodePackage;
  reservedConcurrency: number | undefined;
  /** Its HTTP endpoint, where it has one. */
  url?: FunctionUrl | undefined;
  lastModified: Date;
  revisionId: string;
}
