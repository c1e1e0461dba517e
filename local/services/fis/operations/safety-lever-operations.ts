import { z } from "zod";
import type { RestOperation } from "../../rest-json-service.ts";
import { notFoundError } from "../errors.ts";
import type { FisContext } from "../fis-context.ts";
import { fisArn } from "../ids.ts";
import { readInput } from "../read-input.ts";

const id = "default";

const updateInput = z.strictObject({
  state: z.strictObject({
    status: z.enum(["engaged", "disengaged"]),
    reason: z.string().min(1).max(512),
  }),
});

export function safetyLeverOperations(context: FisContext): RestOperation[] {
  const { accountId, safetyLever, experiments, runner } = context;

  function check(wanted: string | undefined): void {
    if (wanted !== id)
      throw notFoundError(`Safety lever ${wanted ?? ""} not found; the one there is: ${id}.`);
  }
  const view = (region: string) => ({
    safetyLever: {
      id,
      arn: fisArn(region, accountId, `safety-lever/${id}`),
      state: safetyLever.get(region),
    },
  });

  return [
    {
      name: "GetSafetyLever",
      method: "GET",
      path: "/safetyLevers/{id}",
      run({ params }, { region }) {
        check(params["id"]);
        return view(region);
      },
    },
    {
      name: "UpdateSafetyLeverState",
      method: "PATCH",
      path: "/safetyLevers/{id}/state",
      run({ params, body }, { region }) {
        check(params["id"]);
        const { state } = readInput(body, updateInput);
        safetyLever.set(region, state);
        if (state.status === "engaged")
          for (const experiment of experiments.list(region))
            runner.stop(experiment, `The safety lever was engaged: ${state.reason}`);
        return view(region);
      },
    },
  ];
}
