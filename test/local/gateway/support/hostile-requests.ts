import { fillings } from "./adversarial-input.ts";

/** A request with bytes that no SDK would send. */
export interface HostileRequest {
  readonly name: string;
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

const signedFor = (service: string): string =>
  `AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/${service}/aws4_request, SignedHeaders=host, Signature=0`;

function json(name: string, path: string, body: unknown, service?: string): HostileRequest {
  return {
    ...{ name, method: "POST", path },
    headers: {
      "content-type": "application/json",
      ...(service !== undefined && { authorization: signedFor(service) }),
    },
    body: Buffer.from(JSON.stringify(body)),
  };
}

/** `value` with every text, key of a map and element in turn replaced by what `change` gives. */
function* variants(value: unknown, change: (of: unknown) => unknown): Generator {
  yield change(value);
  if (Array.isArray(value))
    for (const [at, item] of value.entries())
      for (const each of variants(item, change)) yield value.with(at, each);
  else if (typeof value === "object" && value !== null)
    for (const [key, member] of Object.entries(value))
      for (const each of variants(member, change)) yield { ...value, [key]: each };
}

const role = "arn:aws:iam::000000000000:role/Known";
const fisTemplate = {
  clientToken: "one",
  description: "fails calls",
  roleArn: role,
  stopConditions: [{ source: "none" }],
  targets: {
    roles: {
      resourceType: "aws:iam:role",
      resourceTags: { a: "b" },
      filters: [{ path: "Path", values: ["/"] }],
      selectionMode: "PERCENT(50)",
    },
  },
  actions: {
    fault: {
      actionId: "aws:fis:inject-api-unavailable-error",
      parameters: { service: "dynamodb", operations: "PutItem", duration: "PT1M" },
      targets: { Roles: "roles" },
      startAfter: ["wait"],
    },
    wait: { actionId: "aws:fis:wait", parameters: { duration: "PT1M" } },
  },
  tags: { a: "b" },
  logConfiguration: { logSchemaVersion: 2, cloudWatchLogsConfiguration: { logGroupArn: "arn:a" } },
};
const rule = {
  region: "us-east-1",
  service: "dynamodb",
  operation: "PutItem",
  probability: 0.5,
  error: { statusCode: 500, code: "InternalError" },
};

/** Thousands of the same, where there is one. */
const many = (of: unknown): unknown => {
  if (Array.isArray(of)) return Array.from({ length: 5_000 }, (): unknown => of[0]);
  if (typeof of !== "object" || of === null) return of;
  const [first] = Object.values(of);
  return Object.fromEntries(
    Array.from({ length: 5_000 }, (_, at): [string, unknown] => [`k${String(at)}`, first]),
  );
};

function spoiled(name: string, path: string, value: unknown, service?: string): HostileRequest[] {
  const changes: [string, (of: unknown) => unknown][] = [
    ["thousands", many],
    ...fillings.map(({ name: of, text }): [string, (each: unknown) => unknown] => [of, () => text]),
  ];
  return changes.flatMap(([of, change]) =>
    Array.from(variants(value, change), (each, at) =>
      json(`${name}, ${of}, member ${String(at)}`, path, each, service),
    ),
  );
}

/** A chain of actions, each after the one before. */
function chain(): HostileRequest {
  const actions = Array.from({ length: 5_000 }, (_, at) => [
    `a${String(at)}`,
    { ...fisTemplate.actions.wait, startAfter: at === 0 ? [] : [`a${String(at - 1)}`] },
  ]);
  return json(
    "FIS, a chain of actions",
    "/experimentTemplates",
    { ...fisTemplate, targets: {}, actions: Object.fromEntries(actions) as unknown },
    "fis",
  );
}

const cbor = (name: string, body: Buffer): HostileRequest => ({
  name: `CBOR, ${name}`,
  method: "POST",
  path: "/service/GraniteServiceVersion20100801/operation/PutMetricData",
  headers: {
    "smithy-protocol": "rpc-v2-cbor",
    "content-type": "application/cbor",
    authorization: signedFor("monitoring"),
  },
  body,
});

const bytes = (count: number, ...of: number[]): Buffer =>
  Buffer.from(Array.from({ length: count }, () => of).flat());

const cborRequests: readonly HostileRequest[] = [
  cbor("nested arrays", bytes(1_000_000, 0x81)),
  cbor("nested arrays without a length", bytes(1_000_000, 0x9f)),
  cbor("nested maps", bytes(500_000, 0xa1, 0x60)),
  cbor("nested tags", bytes(1_000_000, 0xc1)),
  cbor("an array of 2⁶⁴", Buffer.from([0x9b, ...bytes(8, 0xff)])),
  cbor("a map of 2³²", Buffer.from([0xba, ...bytes(4, 0xff)])),
  cbor("a text of 2³²", Buffer.from([0x7a, ...bytes(4, 0xff)])),
  cbor("a text in pieces", Buffer.concat([Buffer.from([0x7f]), bytes(500_000, 0x61, 0x61)])),
  cbor("many members", Buffer.concat([Buffer.from([0xbf]), bytes(300_000, 0x61, 0x61, 0x01)])),
  cbor(
    "big numbers",
    Buffer.concat([Buffer.from([0xc2, 0x5a, 0, 0x0f, 0x42, 0x40]), bytes(1e6, 9)]),
  ),
];

function head(
  name: string,
  path: string,
  headers: Readonly<Record<string, string>>,
): HostileRequest {
  return { name: `head, ${name}`, method: "GET", path, headers, body: Buffer.alloc(0) };
}

/** Node's server takes 16 KB of them: `--max-http-header-size`. */
const long = 15_000;
const headRequests: readonly HostileRequest[] = [
  "a".repeat(long),
  ",".repeat(long),
  "=".repeat(long),
  "/".repeat(long),
  " a".repeat(long / 2),
  "a=b,".repeat(long / 4),
  "[".repeat(long),
  "1.".repeat(long / 2),
  "%41".repeat(long / 3),
].flatMap((text, at) =>
  [
    "authorization",
    "x-amz-target",
    "content-type",
    "x-amz-date",
    "x-amz-security-token",
    "x-forwarded-for",
    "x-amzn-trace-id",
    "origin",
    "host",
    "cookie",
    "accept",
    "user-agent",
    "smithy-protocol",
  ].map((header) =>
    head(`${header} ${String(at)}`, "/", {
      ...(header !== "authorization" && { authorization: signedFor("lambda") }),
      [header]: header === "authorization" ? `AWS4-HMAC-SHA256 ${text}` : text,
    }),
  ),
);

/** Paths and bodies of a deployed API; `api` is its address's path. */
function apiRequests(api: string): HostileRequest[] {
  const paths = [
    "/a".repeat(long / 2),
    "/".repeat(long),
    "%2F".repeat(long / 3),
    "%".repeat(long),
    `?${"a=b&".repeat(long / 4)}`,
    `?${"a".repeat(long)}`,
    `?a=${"%".repeat(long)}`,
    `?${"&".repeat(long)}`,
    "/..".repeat(long / 3),
  ].map((path, at) => head(`path ${String(at)} of an API`, `${api}${path}`, {}));
  const bodies = fillings.map(({ name, text }) => ({
    ...json(`API, ${name}`, api, null),
    body: Buffer.from(text),
  }));
  const large = { ...json("API, 5 MB of brackets", api, null), body: Buffer.alloc(5e6, "[") };
  return [...paths, ...bodies, large];
}

/** Requests to what no SDK has a schema of. */
export const hostileRequests: Readonly<Record<string, (api: string) => readonly HostileRequest[]>> =
  {
    FIS: () => [...spoiled("FIS", "/experimentTemplates", fisTemplate, "fis"), chain()],
    "the Chaos API": () => [
      ...spoiled("faults", "/_localstack/chaos/faults", [rule]),
      ...spoiled("effects", "/_localstack/chaos/effects", { latency: 0 }),
    ],
    CBOR: () => cborRequests,
    headers: () => headRequests,
    "a deployed API": apiRequests,
  };
