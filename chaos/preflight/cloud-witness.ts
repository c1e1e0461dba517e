import { DescribeTableCommand, ResourceNotFoundException } from "@aws-sdk/client-dynamodb";
import { Pool } from "undici";
import { awsClients } from "../harness/aws-clients.ts";

const answerDeadlineMs = 5_000;

export interface CloudWitness {
  /**
   * Why nothing of this run can be the application's fault: the cloud does not answer, was restarted,
   * or has lost the stack. Undefined when it is still the same.
   */
  problem(): Promise<string | undefined>;
}

export interface WitnessedStack {
  readonly endpoint: string;
  readonly region: string;
  /** A table of the stack; undefined where none is known. */
  readonly tableName?: string | undefined;
}

/**
 * Remembers which cloud a drill began on, by the `bootId` in its health where it has one, and by the
 * table.
 */
export async function witnessCloud(stack: WitnessedStack): Promise<CloudWitness> {
  const { endpoint } = stack;
  const before = await readBootId(endpoint);
  return {
    async problem() {
      let now: string | undefined;
      try {
        now = await readBootId(endpoint);
      } catch (error) {
        // A cloud that is merely slow may be the application's doing.
        if (error instanceof DOMException && error.name === "TimeoutError") return undefined;
        const { code, name } = error as NodeJS.ErrnoException;
        return `The stack's cloud at ${endpoint} no longer answers (${code ?? name}): it ended during the run, so that the run says nothing about the application.`;
      }
      if (before !== now && before !== undefined)
        return `The stack's cloud at ${endpoint} was restarted during the run and has forgotten the stack: deploy it again.`;
      if (await hasLostTable(stack))
        return `The stack's cloud at ${endpoint} no longer has the table ${String(stack.tableName)}: it was restarted or the table was deleted during the run; deploy the stack again.`;
      return undefined;
    },
  };
}

async function readBootId(endpoint: string): Promise<string | undefined> {
  const pool = new Pool(new URL(endpoint).origin);
  try {
    const { body } = await pool.request({
      method: "GET",
      path: "/_localstack/health",
      signal: AbortSignal.timeout(answerDeadlineMs),
    });
    const { bootId } = ((await body.json().catch(() => ({}))) ?? {}) as { bootId?: unknown };
    return typeof bootId === "string" ? bootId : undefined;
  } finally {
    await pool.destroy();
  }
}

/** Any other error may be the fault that was injected. */
async function hasLostTable(stack: WitnessedStack): Promise<boolean> {
  if (stack.tableName === undefined) return false;
  const { dynamodb, close } = awsClients({ endpoint: stack.endpoint, region: stack.region });
  try {
    await dynamodb.send(new DescribeTableCommand({ TableName: stack.tableName }));
    return false;
  } catch (error) {
    return error instanceof ResourceNotFoundException;
  } finally {
    close();
  }
}
