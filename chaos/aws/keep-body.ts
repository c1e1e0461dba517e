import type {
  FisClient,
  FisClientResolvedConfig,
  ServiceInputTypes,
  ServiceOutputTypes,
} from "@aws-sdk/client-fis";
import type { Command } from "@smithy/types";
import { Readable } from "node:stream";
import { text } from "node:stream/consumers";

/**
 * Sends a command and returns the JSON of the answer as well: the client's models are older than some
 * members of FIS's answers. Errors are the client's own.
 */
export async function sendKeepingBody<I extends ServiceInputTypes, O extends ServiceOutputTypes>(
  fis: FisClient,
  command: Command<ServiceInputTypes, I, ServiceOutputTypes, O, FisClientResolvedConfig>,
): Promise<unknown> {
  let body = "{}";
  command.middlewareStack.add(
    (next) => async (args) => {
      const result = await next(args);
      const response = result.response as { body: Readable };
      body = await text(response.body);
      response.body = Readable.from([Buffer.from(body)]);
      return result;
    },
    { step: "deserialize", priority: "low", name: "keepBody" },
  );
  await fis.send(command);
  return JSON.parse(body) as unknown;
}
