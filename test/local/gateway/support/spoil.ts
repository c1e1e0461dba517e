import type { Random } from "./random.ts";
import type { RawRequest } from "./valid-requests.ts";

/** Names that plain objects have before anyone gives them a member. */
const inheritedNames: readonly [string, ...string[]] = [
  "__proto__",
  "constructor",
  "toString",
  "hasOwnProperty",
  "valueOf",
];

const odd: readonly [unknown, ...unknown[]] = [
  null,
  true,
  0,
  -1,
  1e308,
  2 ** 53,
  0.5,
  "",
  "0",
  "NaN",
  "\u0000",
  "\ud800",
  "a".repeat(5_000),
  [],
  [[]],
  [null],
  {},
  { a: {} },
  ...inheritedNames,
];

/** A valid request with one to three things wrong with it. */
export function spoil(request: RawRequest, random: Random): RawRequest {
  let spoiled = request;
  for (let left = 1 + random.below(3); left > 0; left--)
    spoiled = random.pick(spoilers)(spoiled, random);
  return spoiled;
}

function asText(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

type Spoiler = (request: RawRequest, random: Random) => RawRequest;

const spoilMember: Spoiler = (request, random) => {
  const { headers, body } = request;
  if (headers["content-type"]?.includes("json")) {
    try {
      return { ...request, body: write(spoilValue(JSON.parse(body || "{}"), random)) };
    } catch {
      return request;
    }
  }
  if (!headers["content-type"]?.includes("form")) return request;
  const form = [...new URLSearchParams(body)];
  const at = random.below(form.length);
  const value = asText(random.pick(odd));
  const spoiled = form.map(([name, before], index): [string, string] => {
    if (index !== at) return [name, before];
    return random.chance(0.7) ? [name, value] : [random.pick(inheritedNames), before];
  });
  return { ...request, body: new URLSearchParams(spoiled).toString() };
};

const spoilers: readonly [Spoiler, ...Spoiler[]] = [
  spoilMember,
  spoilMember,
  spoilMember,
  spoilMember,
  (request, random) => ({
    ...request,
    body: request.body.slice(0, random.below(request.body.length + 1)),
  }),
  (request, random) => {
    const at = random.below(request.body.length + 1);
    const byte = String.fromCharCode(random.below(256));
    return { ...request, body: request.body.slice(0, at) + byte + request.body.slice(at + 1) };
  },
  (request, random) => {
    const segments = request.path.split("/");
    segments[random.below(segments.length)] = random.pick(["", "%", "..", ...inheritedNames]);
    return { ...request, path: `/${segments.join("/").replace(/^\/+/, "")}` };
  },
  (request, random) => {
    const { "x-amz-target": target, ...headers } = request.headers;
    const prefix = target?.split(".")[0] ?? "AmazonSQS";
    return {
      ...request,
      headers: { ...headers, "x-amz-target": `${prefix}.${random.pick(inheritedNames)}` },
    };
  },
  (request, random) => {
    const names = Object.keys(request.headers);
    const dropped = names[random.below(names.length)] ?? "";
    return {
      ...request,
      headers: Object.fromEntries(
        Object.entries(request.headers).filter(([name]) => name !== dropped),
      ),
    };
  },
  (request, random) => ({
    ...request,
    method: random.pick(["GET", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "TRACE", "PROPFIND"]),
  }),
];

/** Replaces, renames, removes or doubles a value somewhere in `value`. */
function spoilValue(value: unknown, random: Random): unknown {
  if (typeof value !== "object" || value === null || random.chance(0.15)) return random.pick(odd);
  if (Array.isArray(value)) {
    const items = value as unknown[];
    const at = random.below(items.length + 1);
    if (at === items.length) return [...items, random.pick(odd)];
    return items.map((item, index) => (index === at ? spoilValue(item, random) : item));
  }
  const members = Object.entries(value);
  const at = random.below(members.length + 1);
  const renamed = random.chance(0.2);
  const spoiled = members.map(([name, member], index): [string, unknown] => {
    if (index !== at) return [name, member];
    return renamed ? [random.pick(inheritedNames), member] : [name, spoilValue(member, random)];
  });
  if (at === members.length) spoiled.push([random.pick(inheritedNames), random.pick(odd)]);
  return new Members(spoiled);
}

/** Members by any name: an object literal could not have one that is called `__proto__`. */
class Members {
  readonly members: readonly (readonly [string, unknown])[];
  constructor(members: readonly (readonly [string, unknown])[]) {
    this.members = members;
  }
}

function write(value: unknown): string {
  if (value instanceof Members)
    return `{${value.members.map(([name, member]) => `${JSON.stringify(name)}:${write(member)}`).join(",")}}`;
  if (Array.isArray(value)) return `[${value.map(write).join(",")}]`;
  if (typeof value === "object" && value !== null)
    return `{${Object.entries(value)
      .map(([name, member]) => `${JSON.stringify(name)}:${write(member)}`)
      .join(",")}}`;
  return JSON.stringify(value) ?? "null";
}
