import type {
  FisClient,
  GetExperimentTemplateCommand,
  ListExperimentTemplatesCommand,
  StartExperimentCommand,
} from "@aws-sdk/client-fis";
import { Readable } from "node:stream";
import { text } from "node:stream/consumers";

type Command =
  GetExperimentTemplateCommand | ListExperimentTemplatesCommand | StartExperimentCommand;

/**
 * Sends a command and returns the JSON of the answer as well: the client's models are older than some
 * members of FIS's answers. Errors are the client's own.
 */
export async function sendKeepingBody(fis: FisClient, sent: Command): Promise<unknown> {
  // All commands have a stack of the same form, which their types do not share.
  const command = sent as GetExperimentTemplateCommand;
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
