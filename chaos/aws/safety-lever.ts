import { GetExperimentTemplateCommand } from "@aws-sdk/client-fis";
import type { FisClient } from "@aws-sdk/client-fis";
import { sendKeepingBody } from "./keep-body.ts";

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
  command.middlewareStack.add(
    (next) => (args) => {
      (args.request as { path: string }).path = "/safetyLevers/default";
      return next(args);
    },
    { step: "build", name: "addressSafetyLever" },
  );
  const answer = await sendKeepingBody(fis, command);
  const { safetyLever: lever } = answer as { safetyLever: { state: SafetyLeverState } };
  return lever.state;
}
