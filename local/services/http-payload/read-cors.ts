import type { CorsConfiguration } from "./cors.ts";

type Fail = (message: string) => Error;

/**
 * A CORS configuration as an API takes it, its members named as `name` names them.
 *
 * @param fail makes the service's own error
 */
export function readCors(
  value: unknown,
  fail: Fail,
  name: (member: string) => string = (member) => member,
): CorsConfiguration {
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw fail("The CORS configuration must be an object.");
  const given = value as Readonly<Record<string, unknown>>;
  const cors: Record<string, unknown> = {};
  for (const member of ["allowHeaders", "allowMethods", "allowOrigins", "exposeHeaders"]) {
    const list = given[name(member)];
    if (list === undefined || list === null) continue;
    if (!Array.isArray(list) || !list.every((each) => typeof each === "string"))
      throw fail(`${name(member)} must be a list of strings.`);
    cors[member] = list;
  }
  const credentials = given[name("allowCredentials")] ?? undefined;
  if (credentials !== undefined) {
    if (typeof credentials !== "boolean")
      throw fail(`${name("allowCredentials")} must be true or false.`);
    cors["allowCredentials"] = credentials;
  }
  const maxAge = given[name("maxAge")] ?? undefined;
  if (maxAge !== undefined) {
    if (typeof maxAge !== "number" || !Number.isInteger(maxAge) || maxAge < -1 || maxAge > 86_400)
      throw fail(`${name("maxAge")} must be a whole number of seconds, from 0 to 86400.`);
    cors["maxAge"] = maxAge;
  }
  return cors;
}
