/** Whether a page of this origin (`http://localhost:3000`) may use the endpoint. */
export type OriginRule = (origin: string) => boolean;

/** @param allowed origins, `*` for every page */
export function createOriginRule(allowed: readonly string[]): OriginRule {
  const origins = new Set(allowed.map((text) => readOrigin(text) ?? text));
  return origins.has("*") ? () => true : (origin) => origins.has(origin);
}

/**
 * An origin as browsers write it in their header Origin, from what a person types: lower case, no
 * default port, no slash at the end; `*` stands for every page. `undefined` for what is none, `null`
 * among it: every page can make itself that origin.
 */
export function readOrigin(text: string): string | undefined {
  if (text === "*") return text;
  if (!/^[a-z][a-z0-9+.-]*:\/\/[^\s/?#@]+\/?$/i.test(text) || !URL.canParse(text)) return undefined;
  const { origin, protocol, host } = new URL(text);
  // The schemes of browser extensions have no origin in the URL standard, but send one.
  return origin === "null" ? `${protocol}//${host}` : origin;
}
