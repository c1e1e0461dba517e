import type { Application, Table } from "./application.ts";
import { type Draft, openPoint, property, quoted } from "./draft.ts";

const itemsOf = `/** Every item of a table, consistently read: its key, and what was written. */
async function itemsOf(
  app: App,
  table: string,
  read: (item: Record<string, AttributeValue>) => readonly [string, Found],
): Promise<ReadonlyMap<string, Found>> {
  const { name } = app.resource("aws:dynamodb/table:Table", table);
  const found = new Map<string, Found>();
  const pages = paginateScan(
    { client: app.aws.dynamodb },
    { TableName: String(name), ConsistentRead: true },
  );
  for await (const { Items = [] } of pages) for (const item of Items) found.set(...read(item));
  return found;
}`;

const objectsOf = `/** Every object of a bucket: its key, and its text. */
async function objectsOf(app: App, type: string, name: string): Promise<ReadonlyMap<string, Found>> {
  const Bucket = String(app.resource(type, name)["bucket"]);
  const found = new Map<string, Found>();
  for await (const { Contents = [] } of paginateListObjectsV2({ client: app.aws.s3 }, { Bucket }))
    for (const { Key = "" } of Contents) {
      const { Body } = await app.aws.s3.send(new GetObjectCommand({ Bucket, Key }));
      found.set(Key, await Body?.transformToString());
    }
  return found;
}`;

/** Where acknowledged writes are found: a map for each table and bucket of the program. */
export function draftTruth({ tables, buckets }: Application): Draft {
  if (tables.length + buckets.length === 0)
    return {
      lines: [
        "async truth(app) {",
        `  return ${openPoint("where an acknowledged write is found afterwards: one map for each store", "app")};`,
        "},",
      ],
    };
  return {
    lines: [
      "async truth(app) {",
      "  return {",
      ...tables.flatMap(truthOfTable),
      ...buckets.map(
        ({ type, name }) =>
          `    ${property(name)}: await objectsOf(app, ${quoted(type)}, ${quoted(name)}),`,
      ),
      "  };",
      "},",
    ],
    imports: {
      ...(tables.length > 0 && {
        "@aws-sdk/client-dynamodb": ["type AttributeValue", "paginateScan"],
      }),
      ...(buckets.length > 0 && {
        "@aws-sdk/client-s3": ["GetObjectCommand", "paginateListObjectsV2"],
      }),
      "outage-drill/workload": ["App", "Found"],
    },
    helpers: [...(tables.length > 0 ? [itemsOf] : []), ...(buckets.length > 0 ? [objectsOf] : [])],
  };
}

function truthOfTable({ name, keys }: Table): string[] {
  const parts = keys.map(({ name: key, type }) => `item[${quoted(key)}]?.${type}`);
  const [only = '""'] = parts;
  const key =
    parts.length > 1
      ? `\`${parts.map((part) => `\${String(${part})}`).join("/")}\``
      : `String(${only})`;
  return [
    `    ${property(name)}: await itemsOf(app, ${quoted(name)}, (item) => [`,
    `      ${key},`,
    `      ${openPoint(`which attribute of an item of ${name} is the value`, "item")},`,
    "    ]),",
  ];
}
