import { toSigningName } from "../../../faults/service-name.ts";
import { parseDuration } from "../parse-duration.ts";
import { ParameterError, type Parameters } from "./action.ts";

/** A number within limits; `fallback` when the parameter is absent. */
export function readNumber(
  parameters: Parameters,
  name: string,
  { min, max, whole = false }: { min: number; max: number; whole?: boolean },
): number | undefined {
  const text = parameters[name];
  if (text === undefined) return undefined;
  const value = Number(text);
  const isDecimal = /^\d+(\.\d+)?$/.test(text.trim());
  if (isDecimal && value >= min && value <= max && (!whole || Number.isInteger(value)))
    return value;
  const kind = whole ? "a whole number" : "a number";
  throw new ParameterError(
    `${name} must be ${kind} from ${String(min)} to ${String(max)}, not "${text}"`,
  );
}

/** `percentage` as a probability from 0 to 1; 1 when absent. */
export function readProbability(parameters: Parameters, min = 0): number {
  return (readNumber(parameters, "percentage", { min, max: 100 }) ?? 100) / 100;
}

/** `service` as a signing name; `undefined` for every service. */
export function readService(parameters: Parameters): string | undefined {
  const name = readName(parameters, "service", /^[A-Za-z0-9_-]+$/);
  return name === undefined || name.toLowerCase() === "all" ? undefined : toSigningName(name);
}

/** Names of operations, comma-separated, from whichever of `spellings` is there; `undefined`: all. */
export function readOperations(
  parameters: Parameters,
  spellings: readonly string[],
): string[] | undefined {
  const given = spellings.filter((name) => parameters[name] !== undefined);
  const [spelling, other] = given;
  if (spelling === undefined) return undefined;
  if (other !== undefined && parameters[spelling] !== parameters[other])
    throw new ParameterError(
      `${spelling} and ${other} are two spellings of one parameter and contradict each other; give one`,
    );
  const names = readName(parameters, spelling, /^\s*[A-Za-z0-9]+(\s*,\s*[A-Za-z0-9]+)*\s*$/)
    ?.split(",")
    .map((name) => name.trim());
  return names?.some((name) => name.toLowerCase() === "all") ? undefined : names;
}

/** A parameter whose text has a form; the error says so with the text as it came. */
export function readName(
  parameters: Parameters,
  name: string,
  pattern: RegExp,
): string | undefined {
  const text = parameters[name];
  if (text === undefined || pattern.test(text)) return text;
  throw new ParameterError(`${name} must match ${String(pattern)}, not "${text}"`);
}

/** `duration` in milliseconds where it may be left out: `undefined` is until stopped. */
export function readOptionalDuration(parameters: Parameters): number | undefined {
  return parameters["duration"] === undefined ? undefined : readDuration(parameters);
}

/** `duration` in milliseconds, where it is required. */
export function readDuration(parameters: Parameters): number {
  const text = parameters["duration"] ?? "";
  const durationMs = parseDuration(text);
  if (durationMs !== undefined) return durationMs;
  throw new ParameterError(
    `duration must be an ISO 8601 duration of at most 12 hours, such as PT5M, not "${text}"`,
  );
}
