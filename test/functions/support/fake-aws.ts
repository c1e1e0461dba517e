import { createHash } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export interface FakeCall {
  operation: string;
  /** JSON input, or the form fields of SNS. */
  input: Record<string, unknown>;
}

export type Reply = (call: FakeCall, response: ServerResponse) => void;

/** The one condition it evaluates; without it, a put overwrites. */
const CONDITION = "attribute_not_exists(version) OR version < :version";

type Item = Record<string, { S?: string; N?: string }>;

/** DynamoDB, SNS and SQS as the functions see them; any operation can be told to go wrong. */
export class FakeAws {
  readonly items = new Map<string, Item>();
  readonly calls: FakeCall[] = [];
  private readonly replies = new Map<string, Reply[]>();
  private readonly server = createServer((request, response) => {
    void this.serve(request, response);
  });

  async start(): Promise<string> {
    const { promise, resolve } = Promise.withResolvers<undefined>();
    this.server.listen(0, "127.0.0.1", () => {
      resolve(undefined);
    });
    await promise;
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  stop(): void {
    this.server.closeAllConnections();
    this.server.close();
  }

  /** Forgets calls, items and what was said about replies; lets go of the calls that hang. */
  reset(): void {
    this.calls.length = 0;
    this.items.clear();
    this.replies.clear();
    this.server.closeAllConnections();
  }

  /** The next calls of an operation get these replies, the last of them for ever. */
  answer(operation: string, ...replies: Reply[]): void {
    this.replies.set(operation, replies);
  }

  inputsOf(operation: string): Record<string, unknown>[] {
    return this.calls.filter((call) => call.operation === operation).map(({ input }) => input);
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let body = "";
    for await (const chunk of request.setEncoding("utf8")) body += chunk;
    const call = readCall(request, body);
    this.calls.push(call);
    const replies = this.replies.get(call.operation) ?? [];
    const reply = replies.length > 1 ? replies.shift() : replies[0];
    if (reply) reply(call, response);
    else this.succeed(call, response);
  }

  private succeed({ operation, input }: FakeCall, response: ServerResponse): void {
    switch (operation) {
      case "PutItem":
        this.put(input as unknown as { Item: Item; ConditionExpression?: string }, response);
        return;
      case "GetItem": {
        const { Key } = input as { Key: Item };
        replyJson(200, { Item: this.items.get(Key.id?.S ?? "") })(NO_CALL, response);
        return;
      }
      case "Publish":
        response.writeHead(200, { "content-type": "text/xml" });
        response.end(
          "<PublishResponse><PublishResult><MessageId>m</MessageId></PublishResult></PublishResponse>",
        );
        return;
      case "SendMessage": {
        const md5 = createHash("md5").update(String(input.MessageBody)).digest("hex");
        replyJson(200, { MessageId: "m", MD5OfMessageBody: md5 })(NO_CALL, response);
        return;
      }
      default:
        replyJson(200, {})(NO_CALL, response);
    }
  }

  private put(
    { Item: item, ConditionExpression }: { Item: Item; ConditionExpression?: string },
    response: ServerResponse,
  ): void {
    const id = item.id?.S ?? "";
    const stored = this.items.get(id);
    const isNewer = Number(item.version?.N) > Number(stored?.version?.N ?? 0);
    if (ConditionExpression === CONDITION && !isNewer) {
      replyConflict(stored)(NO_CALL, response);
      return;
    }
    this.items.set(id, item);
    replyJson(200, {})(NO_CALL, response);
  }
}

const NO_CALL: FakeCall = { operation: "", input: {} };

function readCall({ headers }: IncomingMessage, body: string): FakeCall {
  const target = headers["x-amz-target"];
  if (typeof target === "string")
    return {
      operation: target.replace(/^.*\./, ""),
      input: JSON.parse(body) as Record<string, unknown>,
    };
  const fields = Object.fromEntries(new URLSearchParams(body));
  return { operation: fields.Action ?? "", input: fields };
}

export function replyJson(status: number, body: unknown): Reply {
  return (_call, response) => {
    response.writeHead(status, { "content-type": "application/x-amz-json-1.0" });
    response.end(JSON.stringify(body));
  };
}

export function replyError(status: number, name: string, message = "Failing on purpose"): Reply {
  return replyJson(status, { __type: `com.amazonaws#${name}`, message });
}

/** @param item what the table holds; undefined where an emulator does not say. */
export function replyConflict(item?: Item): Reply {
  return replyJson(400, {
    __type: "com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException",
    message: "The conditional request failed",
    Item: item,
  });
}

/** What a load balancer in front of a service says. */
export const replyHtml: Reply = (_call, response) => {
  response.writeHead(503, { "content-type": "text/html" });
  response.end("<html><body>503 Service Unavailable</body></html>");
};

export const hang: Reply = () => undefined;

export const hangInBody: Reply = (_call, response) => {
  response.writeHead(200, { "content-type": "application/x-amz-json-1.0", "content-length": "2" });
  response.write("{");
};

export const reset: Reply = (_call, response) => {
  response.socket?.resetAndDestroy();
};
