import { badRequest } from "./api-store.ts";

type Body = Readonly<Record<string, unknown>>;

/**
 * Refuses by name what the request sets and the embedded cloud does not apply. Absent, `false` and
 * empty values set nothing.
 */
export function acceptOnly(body: Body, operation: string, served: readonly string[]): void {
  for (const [name, value] of Object.entries(body))
    if (!served.includes(name) && !isEmpty(value))
      throw badRequest(`The embedded cloud does not serve ${name} in ${operation}.`);
}

export function readText(body: Body, name: string): string | undefined {
  const value = body[name];
  if (value === undefined || value === null) return undefined;
  if (typeof value !== "string") throw badRequest(`${name} must be a string.`);
  return value;
}

export function readRequiredText(body: Body, name: string): string {
  const value = readText(body, name);
  if (value === undefined || value === "") throw badRequest(`${name} must be given.`);
  return value;
}

export function readBoolean(body: Body, name: string): boolean {
  const value = body[name] ?? false;
  if (typeof value !== "boolean") throw badRequest(`${name} must be true or false.`);
  return value;
}

export function readTexts(body: Body, name: string): string[] {
  const value = body[name] ?? [];
  if (!Array.isArray(value) || !value.every((each) => typeof each === "string"))
    throw badRequest(`${name} must be a list of strings.`);
  return value;
}

export function readTextMap(body: Body, name: string): Record<string, string> {
  return readMap(body, name, "string");
}

export function readBooleanMap(body: Body, name: string): Record<string, boolean> {
  return readMap(body, name, "boolean");
}

function readMap<T>(body: Body, name: string, type: "string" | "boolean"): Record<string, T> {
  const value = body[name] ?? {};
  if (
    typeof value !== "object" ||
    Array.isArray(value) ||
    !Object.values(value).every((each) => typeof each === type)
  )
    throw badRequest(`${name} must be an object of ${type}s.`);
  return value as Record<string, T>;
}

export function readObject(body: Body, name: string): Body {
  const value = body[name] ?? {};
  if (typeof value !== "object" || Array.isArray(value))
    throw badRequest(`${name} must be an object.`);
  return value as Body;
}

function isEmpty(value: unknown): boolean {
  if (value === undefined || value === null || value === false || value === "") return true;
  return typeof value === "object" && Object.keys(value).length === 0;
}
