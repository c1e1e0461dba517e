import { Pool } from "undici";
import { commandOf } from "../../command-line/command-of.ts";
import { CannotRunError } from "../cannot-run-error.ts";

const answerDeadlineMs = 5_000;

/** @throws CannotRunError when nothing answers at the endpoint of an emulated cloud */
export async function assertAnswers(endpoint: string): Promise<void> {
  const pool = new Pool(new URL(endpoint).origin);
  try {
    const answer = await pool.request({
      method: "GET",
      path: "/_localstack/health",
      signal: AbortSignal.timeout(answerDeadlineMs),
    });
    await answer.body.dump();
  } catch (error) {
    const { code, name } = error as NodeJS.ErrnoException;
    throw new CannotRunError(
      `Nothing answers at ${endpoint} (${code ?? name}): start the stack's cloud, such as ${commandOf("cloud")}.`,
    );
  } finally {
    await pool.destroy();
  }
}
