import { isDeepStrictEqual } from "node:util";
import type { AutomationParameter } from "./automation-document.ts";
import { firstMismatch } from "./first-mismatch.ts";

/**
 * Types of a runbook's parameters, besides AWS's own, such as `AWS::IAM::Role::Arn`, which are texts.
 * Source: Systems Manager User Guide, "Data elements and parameters".
 */
const types = ["String", "StringList", "Boolean", "Integer", "MapList", "StringMap"];
const awsType = /^AWS::[A-Za-z0-9]+::[A-Za-z0-9:]+$/;
const listType = /^List<(AWS::[A-Za-z0-9]+::[A-Za-z0-9:]+)>$/;

export const parameterTypeRule = `must be ${types.join(", ")}, a type of AWS such as AWS::IAM::Role::Arn, or a List<> of one`;

export function isParameterType(type: string): boolean {
  return types.includes(type) || awsType.test(type) || listType.test(type);
}

/**
 * The value of a parameter, in its type, from what StartAutomationExecution was given: a list of
 * texts, or else the default. Throws an Error that names the parameter and what is wrong.
 */
export function readParameter(
  name: string,
  declared: AutomationParameter,
  given: readonly string[] | undefined,
): unknown {
  if (given === undefined && declared.default === undefined)
    throw new Error(`Parameter ${name} is missing and has no default.`);
  const value =
    given === undefined
      ? fromDefault(name, declared.type, declared.default)
      : fromTexts(name, declared.type, given);
  checkValue(name, declared, value);
  return value;
}

function fromTexts(name: string, type: string, given: readonly string[]): unknown {
  if (type === "StringList" || listType.test(type)) return given;
  if (type === "MapList") return given.map((each) => readMap(name, each));
  const [text = "", other] = given;
  if (other !== undefined || given.length === 0)
    throw new Error(`Parameter ${name} takes one value, not ${String(given.length)}.`);
  if (type === "StringMap") return readMap(name, text);
  if (type === "Boolean" && /^(true|false)$/i.test(text)) return text.toLowerCase() === "true";
  if (type === "Integer" && /^-?\d{1,15}$/.test(text)) return Number(text);
  if (type === "Boolean" || type === "Integer")
    throw new Error(`Parameter ${name} must be of the type ${type}, not ${text}.`);
  return text;
}

/** A default is of its type already, or a text that is read like one that is given. */
function fromDefault(name: string, type: string, value: unknown): unknown {
  if (typeof value === "string") return fromTexts(name, type, [value]);
  const isList = type === "StringList" || type === "MapList" || listType.test(type);
  const fits =
    (isList && Array.isArray(value)) ||
    (type === "StringMap" && typeof value === "object" && value !== null) ||
    (type === "Boolean" && typeof value === "boolean") ||
    (type === "Integer" && typeof value === "number");
  if (!fits) throw new Error(`Parameter ${name} has a default that is not of the type ${type}.`);
  return value;
}

function readMap(name: string, text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === "object" && value !== null && !Array.isArray(value)) return value;
  } catch {
    // Said below.
  }
  throw new Error(`Parameter ${name} must be a JSON object in a string, not ${text}.`);
}

function checkValue(name: string, declared: AutomationParameter, value: unknown): void {
  const { allowedValues, allowedPattern, minItems, maxItems, minChars, maxChars } = declared;
  const each = Array.isArray(value) ? (value as unknown[]) : [value];
  const text = (one: unknown) => (typeof one === "string" ? one : JSON.stringify(one));
  if (allowedValues) {
    const other = each.find((one) => !allowedValues.some((allowed) => isSame(allowed, one)));
    if (other !== undefined)
      throw new Error(
        `Parameter ${name} must be one of ${allowedValues.map(text).join(", ")}, not ${text(other)}.`,
      );
  }
  if (allowedPattern !== undefined) {
    const texts = each.map(text);
    const other = firstMismatch(allowedPattern, texts);
    if (other === undefined)
      throw new Error(
        `Parameter ${name} cannot be checked: its allowedPattern ${allowedPattern} takes too long on this value, or is no regular expression.`,
      );
    if (other >= 0)
      throw new Error(
        `Parameter ${name} must match ${allowedPattern}, not ${String(texts[other])}.`,
      );
  }
  if (Array.isArray(value) && value.length < (minItems ?? 0))
    throw new Error(`Parameter ${name} must have at least ${String(minItems)} entries.`);
  if (Array.isArray(value) && value.length > (maxItems ?? Infinity))
    throw new Error(`Parameter ${name} must have at most ${String(maxItems)} entries.`);
  if (typeof value === "string" && value.length < (minChars ?? 0))
    throw new Error(`Parameter ${name} must have at least ${String(minChars)} characters.`);
  if (typeof value === "string" && value.length > (maxChars ?? Infinity))
    throw new Error(`Parameter ${name} must have at most ${String(maxChars)} characters.`);
}

function isSame(one: unknown, other: unknown): boolean {
  return isDeepStrictEqual(one, other) || String(one) === String(other);
}
