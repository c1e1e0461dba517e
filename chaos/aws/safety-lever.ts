import { GetExperimentTemplateCommand } from "@aws-sdk/client-fis";
import type { FisClient } from "@aws-sdk/client-fis";
import { Readable } from "node:stream";
import { text } from "node:stream/consumers";

/** Source: FIS API 2020-12-01, SafetyLeverState. */
export interface SafetyLeverState {
  readonly status: "disengaged" | "engaged" | "engaging";
  readonly reason: string;
}

/**
 * The safety lever of the account and region. The client's models are older than GetSafetyLever
 * (GET /safetyLevers/{id}; the id is `default`), so that an operation of the same form is sent to its
 * path, before it is signed, and the answer is read before the client reads it; errors are the
 * client's own.
 */
export async function safetyLever(fis: FisClient): Promise<SafetyLeverState> {
  const command = new GetExperimentTemplateCommand({ id: "default" });
  let body = "";
  command.middlewareStack.add(
    (next) => (args) => {
      (args.request as { path: string }).path = "/safetyLevers/default";
      return next(args);
    },
    { step: "build", name: "addressSafetyLever" },
  );
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
  const { safetyLever: lever } = JSON.parse(body) as { safetyLever: { state: SafetyLeverState } };
  return lever.state;
}
