import type { InvocationEffect } from "../../lambda/invocation-fault.ts";
import { ParameterError, type ActionContext, type FisAction, type Parameters } from "./action.ts";
import { readDuration, readNumber } from "./parameters.ts";

/** What an action on functions asks of the cloud when it starts. Throws what is in its way. */
export type CheckFunctions = (context: ActionContext, functionArns: readonly string[]) => void;

interface Kind {
  readonly id: string;
  readonly description: string;
  readonly parameters: FisAction["parameters"];
  readEffect(parameters: Parameters): InvocationEffect;
}

const preventExecution = {
  preventExecution: { description: "true: the function does not run.", required: true },
};

/** Source: FIS actions reference, AWS Lambda actions. */
const kinds: readonly Kind[] = [
  {
    id: "aws:lambda:invocation-add-delay",
    description: "Delays the start of functions.",
    parameters: {
      startupDelayMilliseconds: { description: "0 to 900000. Default: 1000.", required: false },
    },
    readEffect: (parameters) => ({
      kind: "delay",
      startupDelayMs:
        readNumber(parameters, "startupDelayMilliseconds", { min: 0, max: 900_000, whole: true }) ??
        1000,
    }),
  },
  {
    id: "aws:lambda:invocation-error",
    description: "Fails invocations of functions.",
    parameters: preventExecution,
    readEffect: (parameters) => ({
      kind: "error",
      preventExecution: readBoolean(parameters, "preventExecution"),
    }),
  },
  {
    id: "aws:lambda:invocation-http-integration-response",
    description: "Answers for functions behind an HTTP integration.",
    parameters: {
      ...preventExecution,
      statusCode: { description: "000 to 999.", required: true },
      contentTypeHeader: { description: "Such as application/json.", required: true },
    },
    readEffect(parameters) {
      const contentType = parameters["contentTypeHeader"] ?? "";
      if (!/^[\w.+-]+\/[\w.+-]+(\s*;.*)?$/.test(contentType))
        throw new ParameterError(`contentTypeHeader must be a content type, not "${contentType}"`);
      return {
        kind: "http-response",
        preventExecution: readBoolean(parameters, "preventExecution"),
        statusCode: readNumber(parameters, "statusCode", { min: 0, max: 999, whole: true }) ?? 0,
        contentType,
      };
    },
  },
];

/** The `aws:lambda:` actions. They act inside Lambda, as on AWS. */
export function lambdaInvocationActions(check: CheckFunctions): FisAction[] {
  return kinds.map(({ id, description, parameters, readEffect }) => ({
    id,
    description,
    parameters: {
      duration: { description: "ISO 8601, such as PT1M.", required: true },
      invocationPercentage: { description: "1 to 100. Default: 100.", required: false },
      ...parameters,
    },
    targets: { Functions: "aws:lambda:function" },
    plan(given) {
      const durationMs = readDuration(given);
      const effect = readEffect(given);
      const limits = { min: 1, max: 100, whole: true };
      const probability = (readNumber(given, "invocationPercentage", limits) ?? 100) / 100;
      return {
        durationMs,
        needsRole: true,
        start(context) {
          check(context, context.targetArns["Functions"] ?? []);
        },
        invocationFault: ({ targetArns }) => ({
          functionArns: targetArns["Functions"] ?? [],
          probability,
          effect,
        }),
      };
    },
  }));
}

function readBoolean(parameters: Parameters, name: string): boolean {
  const text = parameters[name];
  if (text === "true" || text === "false") return text === "true";
  throw new ParameterError(`${name} must be true or false, not "${text ?? ""}"`);
}
