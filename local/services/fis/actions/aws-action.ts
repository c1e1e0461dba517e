import { parseDuration } from "../parse-duration.ts";
import { ParameterError, type FisAction, type Parameters } from "./action.ts";
import type { AwsActionRow } from "./aws-action-row.ts";
import { describeParameter } from "./parameter-descriptions.ts";
import { readNumber } from "./parameters.ts";

/** Ends the description of such an action. */
export const notCarriedOut = "Not carried out here.";

/**
 * An action of AWS that templates can have and that this cloud does not carry out: an experiment
 * that comes to it fails at its start, before any of its actions, and says so.
 */
export function awsAction(row: AwsActionRow): FisAction {
  const { id, description, target } = row;
  const names = row.parameters.map((each) => each.replace("?", ""));
  return {
    id,
    description: `${description} ${notCarriedOut}`,
    parameters: Object.fromEntries(
      row.parameters.map((each) => {
        const name = each.replace("?", "");
        return [name, { description: describeParameter(name), required: name === each }];
      }),
    ),
    targets: target ? { [target[0]]: target[1] } : {},
    plan(parameters) {
      for (const name of names) check(parameters, name);
      return {
        durationMs: parseDuration(parameters["duration"] ?? "") ?? 0,
        problem: `${id} is not carried out here: ${reasonOf(row)}.`,
      };
    },
  };
}

function check(parameters: Parameters, name: string): void {
  if (/percent/i.test(name)) readNumber(parameters, name, { min: 0, max: 100 });
  if (/duration/i.test(name)) {
    const text = parameters[name];
    if (text !== undefined && parseDuration(text) === undefined)
      throw new ParameterError(
        `${name} must be an ISO 8601 duration of at most 12 hours, such as PT5M, not "${text}"`,
      );
  }
}

function reasonOf({ target }: AwsActionRow): string {
  return target
    ? `this cloud does nothing to resources of the type ${target[1]}`
    : "this cloud has nothing that could do it";
}
