const whole = /^\$(?:\.[A-Za-z_][\w-]*|\[\d+\])*$/;

/** Whether a selector has the form that `select` reads: `$`, `.member` and `[index]`. */
export function isSelector(selector: string): boolean {
  return whole.test(selector);
}

/**
 * The part of a service's answer that a JSONPath selector such as `$.Table.TableArn` picks;
 * `undefined` when it is not there. Source: Systems Manager User Guide, aws:executeAwsApi.
 */
export function select(answer: unknown, selector: string): unknown {
  let value = answer;
  for (const [, member, index] of selector.matchAll(/\.([A-Za-z_][\w-]*)|\[(\d+)\]/g)) {
    const key = member ?? index ?? "";
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, key)) return undefined;
    value = (value as Readonly<Record<string, unknown>>)[key];
  }
  return value;
}
