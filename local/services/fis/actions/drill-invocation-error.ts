import { createDice } from "../../../faults/dice.ts";
import { ParameterError, type FisAction, type Parameters } from "./action.ts";
import { commonParameters, readSeed } from "./drill-api-action.ts";
import { readOptionalDuration, readProbability } from "./parameters.ts";

/**
 * Fails invocations of functions inside Lambda, whoever makes them, an event source mapping also.
 * As `aws:lambda:invocation-error` does, without what AWS needs for that: a role, an extension, and
 * a place to tell it.
 *
 * @param listFunctions the functions that there are
 */
export function drillInvocationError(
  listFunctions: () => readonly { readonly arn: string }[],
): FisAction {
  return {
    id: "outage-drill:lambda:invocation-error",
    description: "Fails invocations of functions, which do not run. It needs no role.",
    parameters: {
      functions: { description: "Names or ARNs, comma-separated.", required: true },
      ...commonParameters,
      percentage: {
        description: "Invocations that are hit, 1 to 100. Default: 100.",
        required: false,
      },
    },
    targets: {},
    plan(given) {
      const functions = readFunctions(given);
      const durationMs = readOptionalDuration(given);
      const probability = readProbability(given, 1);
      const seed = readSeed(given);
      const find = (region: string) =>
        functions.map((named) => {
          const found = listFunctions().find(({ arn }) => isNamed(arn, named, region));
          if (!found) throw new Error(`There is no function ${named} in ${region}.`);
          return found.arn;
        });
      return {
        durationMs,
        start({ region }) {
          find(region);
        },
        invocationFault: ({ region }) => ({
          functionArns: find(region),
          probability,
          effect: { kind: "error", preventExecution: true },
          ...(seed !== undefined && { dice: createDice(seed) }),
        }),
      };
    },
  };
}

/** A name is one of the region of the experiment; an ARN says where its function is. */
function isNamed(arn: string, named: string, region: string): boolean {
  if (named.startsWith("arn:")) return arn === named;
  const [, , , ownRegion, , , name] = arn.split(":");
  return name === named && ownRegion === region;
}

function readFunctions({ functions = "" }: Parameters): string[] {
  const names = functions.split(",").map((name) => name.trim());
  const wrong = names.find(
    (name) => !/^([\w-]{1,64}|arn:aws:lambda:[\w-]+:\d{12}:function:[\w-]{1,64})$/.test(name),
  );
  if (wrong === undefined) return names;
  throw new ParameterError(
    `functions must be names or ARNs of functions, comma-separated and without versions, not "${wrong}"`,
  );
}
