import type { HttpRequest } from "../wire/http.ts";

/** Every value of a header, also of one that Node gives only once. @param name in lower case */
export function headerValues({ headers, rawHeaders }: HttpRequest, name: string): string[] {
  if (rawHeaders === undefined) return [headers[name] ?? []].flat();
  return rawHeaders.filter(
    (_, index) => index % 2 === 1 && rawHeaders[index - 1]?.toLowerCase() === name,
  );
}
