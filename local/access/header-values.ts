import type { HttpRequest } from "../wire/http.ts";

/** Every value of a header, also of one that Node gives only once. @param name in lower case */
export function headerValues({ headers, rawHeaders }: HttpRequest, name: string): string[] {
  const given = headers[name];
  // Most requests have none of the headers that are asked for, and every request is asked.
  if (given === undefined) return [];
  if (rawHeaders === undefined) return [given].flat();
  const values: string[] = [];
  for (let at = 0; at + 1 < rawHeaders.length; at += 2) {
    const header = rawHeaders[at] ?? "";
    if (header.length === name.length && header.toLowerCase() === name)
      values.push(rawHeaders[at + 1] ?? "");
  }
  return values;
}
