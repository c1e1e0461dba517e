import type { AwsCall } from "../wire/aws-call.ts";
import { parseMembers, type Member } from "./parse-members.ts";
import { refusedError } from "./refused-error.ts";
import { memberTables } from "./tables.ts";

const nothingRefused: readonly Member[] = [];
const refusals = new Map<string, readonly Member[]>();

/** What an operation refuses; read from its table when it is first called. */
function refusedBy({ service, api = service, operation }: AwsCall): readonly Member[] {
  const key = `${api}.${operation}`;
  let members = refusals.get(key);
  if (!members) {
    const table = Object.hasOwn(memberTables, api) ? memberTables[api] : undefined;
    const text = table && Object.hasOwn(table, operation) ? table[operation]?.refuses : undefined;
    members = text === undefined ? nothingRefused : parseMembers(text);
    refusals.set(key, members);
  }
  return members;
}

/** Whether an operation refuses any member; only then its input has to be read for the gate. */
export function refusesMembers(call: AwsCall): boolean {
  return refusedBy(call).length > 0;
}

/**
 * The gate of every input: refuses by name a member that AWS has, that is not served here and that
 * would change what happens. Of a member that is not served, an empty value and the one that it has
 * anyway are taken out of the input, so that no operation has to know of them. What AWS does not
 * know is left to the operation.
 */
export function serveInput<T>(call: AwsCall, input: T): T {
  const members = refusedBy(call);
  if (members.length > 0 && isStructure(input)) removeUnserved(call, input, members, "");
  return input;
}

/** The same for a REST operation, whose members also come in headers and the query. */
export function serveRestInput<T extends object>(call: AwsCall, input: T): T {
  const members = refusedBy(call);
  if (members.length === 0) return input;
  const { headers, query } = call.request;
  for (const { name, header, query: parameter, unless } of members) {
    const given =
      header !== undefined
        ? headers[header]
        : parameter !== undefined
          ? query.get(parameter)
          : undefined;
    if (!changesNothing(given, unless, call)) throw refusedError(call, name);
  }
  if ("body" in input && isStructure(input.body)) removeUnserved(call, input.body, members, "");
  return input;
}

/** The same for a form of the query protocol: `Tags.member.1.Key` is the member `Tags.Key`. */
export function serveForm<T extends Readonly<Record<string, string>>>(call: AwsCall, form: T): T {
  const members = refusedBy(call);
  const unserved = Object.keys(form).filter((name) => {
    const dot = name.indexOf(".");
    const first = dot < 0 ? name : name.slice(0, dot);
    if (!members.some((each) => each.name === first)) return false;
    const path = name.split(".").filter((step) => !/^(\d+|member|entry)$/.test(step));
    const member = memberAt(members, path);
    if (!member) return false;
    if (changesNothing(form[name], member.unless, call)) return true;
    throw refusedError(call, path.join("."));
  });
  if (unserved.length === 0) return form;
  return Object.fromEntries(Object.entries(form).filter(([name]) => !unserved.includes(name))) as T;
}

function memberAt(members: readonly Member[], path: readonly string[]): Member | undefined {
  const found = members.find(({ name }) => name === path[0]);
  if (!found || found.children.length === 0) return found;
  const rest = found.ofMapValues ? path.slice(1).filter((step) => step !== "Value") : path.slice(1);
  return memberAt(found.children, rest);
}

function removeUnserved(
  call: AwsCall,
  input: Record<string, unknown>,
  members: readonly Member[],
  prefix: string,
): void {
  for (const { name, unless, children, ofMapValues } of members) {
    const onWire = nameOnWire(name, call);
    if (!Object.hasOwn(input, onWire)) continue;
    const value = input[onWire];
    const path = `${prefix}${name}`;
    if (children.length > 0) {
      for (const inner of structuresIn(value, ofMapValues))
        removeUnserved(call, inner, children, `${path}.`);
    } else if (changesNothing(value, unless, call)) Reflect.deleteProperty(input, onWire);
    else throw refusedError(call, path);
  }
}

/** Version 2 of API Gateway's API writes its members with a small letter, other than its SDKs. */
function nameOnWire(name: string, { api }: AwsCall): string {
  return api === "apigatewayv2" ? name.slice(0, 1).toLowerCase() + name.slice(1) : name;
}

function structuresIn(value: unknown, ofMapValues: boolean): Record<string, unknown>[] {
  if (Array.isArray(value)) return value.filter(isStructure);
  if (!isStructure(value)) return [];
  return ofMapValues ? Object.values(value).flat().filter(isStructure) : [value];
}

function isStructure(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Whether a value says what would be without it. Tools send empty blocks for what is not set. */
function changesNothing(value: unknown, unless: string | undefined, call: AwsCall): boolean {
  if (value === undefined || value === null || value === "") return true;
  if (Array.isArray(value)) return value.length === 0;
  if (typeof value === "object")
    return (
      !(value instanceof Uint8Array || value instanceof Date) &&
      Object.values(value).every((each) => changesNothing(each, undefined, call))
    );
  return String(value) === (unless === "$account" ? call.accountId : unless);
}
