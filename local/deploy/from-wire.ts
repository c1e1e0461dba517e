/**
 * Marks of values that JSON has no form for, which Pulumi's protocol puts into objects under one key.
 * Source: @pulumi/pulumi, runtime/rpc.ts.
 */
const SIGNATURE_KEY = "4dabf18193072939515e22adb298388d";
const SECRET = "1b47061264138c4ac30d75fd1eb44270";
const RESOURCE = "5cf8f73096256a8f31e491e813e4eb8e";
const OUTPUT = "d0e6a833031e9bbcd3f4e8bde6ca49a4";
const ASSET = "c44067f5952c0a294b673a41bacd8c17";
const ARCHIVE = "0def7320c3a5731c473e5ecbe6d01bc7";

/** What stands for a value that nobody has computed yet. */
export const UNKNOWN_VALUE = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** An object of the protocol: inputs of a resource, arguments of a function, outputs. */
export type WireProperties = Readonly<Record<string, unknown>>;

/** An asset of a program: text, a file, or an address. */
export class Asset {
  readonly text: string | undefined;
  readonly path: string | undefined;
  readonly uri: string | undefined;

  constructor(given: WireProperties) {
    this.text = textOf(given["text"]);
    this.path = textOf(given["path"]);
    this.uri = textOf(given["uri"]);
  }
}

/** An archive of a program: assets and archives by their names, a file or folder, or an address. */
export class Archive {
  readonly assets: Readonly<Record<string, unknown>> | undefined;
  readonly path: string | undefined;
  readonly uri: string | undefined;

  constructor(given: WireProperties) {
    this.assets = given["assets"] as Record<string, unknown> | undefined;
    this.path = textOf(given["path"]);
    this.uri = textOf(given["uri"]);
  }
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

/**
 * A value of Pulumi's protocol as a program means it: secrets without their mark, resources as their
 * id, assets and archives as such. A value that nobody has computed stays `UNKNOWN_VALUE`.
 */
export function fromWire(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(fromWire);
  if (typeof value !== "object" || value === null) return value;
  const members = value as WireProperties;
  const plain = (): Record<string, unknown> =>
    Object.fromEntries(Object.entries(members).map(([key, each]) => [key, fromWire(each)]));
  switch (members[SIGNATURE_KEY]) {
    case undefined:
      return plain();
    case SECRET:
      return fromWire(members["value"]);
    case OUTPUT:
      return "value" in members ? fromWire(members["value"]) : UNKNOWN_VALUE;
    case RESOURCE:
      return fromWire(members["id"] ?? members["urn"]);
    case ASSET:
      return new Asset(members);
    case ARCHIVE:
      return new Archive(plain());
    default:
      throw new Error(`a value has the unknown signature ${String(members[SIGNATURE_KEY])}.`);
  }
}

/** Likewise, as JSON has it: without assets, archives and values that nobody has computed. */
export function jsonFromWire(properties: WireProperties): Record<string, unknown> {
  return jsonOf(fromWire(properties)) as Record<string, unknown>;
}

function jsonOf(value: unknown): unknown {
  if (value === UNKNOWN_VALUE || value === null) return undefined;
  if (value instanceof Asset || value instanceof Archive) return undefined;
  if (Array.isArray(value)) return value.map((each: unknown) => jsonOf(each) ?? null);
  if (typeof value !== "object") return value;
  return Object.fromEntries(
    Object.entries(value)
      .map(([key, each]) => [key, jsonOf(each)] as const)
      .filter(([, each]) => each !== undefined),
  );
}
