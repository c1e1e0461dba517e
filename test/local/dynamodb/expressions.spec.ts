import { createRequire } from "node:module";
import {
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  ScanCommand,
  UpdateItemCommand,
} from "@aws-sdk/client-dynamodb";
import { expect } from "chai";
import fc from "fast-check";
import {
  type ParsedCondition,
  parseCondition,
} from "../../../local/services/dynamodb/expressions/parse-condition.ts";
import { failureOf } from "../../support/failure-of.ts";
import { longestWait } from "../../support/longest-wait.ts";
import { type StartedDynamodb, startDynamodb } from "./start-dynamodb.ts";

interface Attempt {
  readonly ConditionExpression?: string;
  readonly FilterExpression?: string;
  readonly KeyConditionExpression?: string;
  readonly UpdateExpression?: string;
  readonly ProjectionExpression?: string;
}

describe("DynamoDB's expressions", () => {
  let cloud: StartedDynamodb;
  let TableName: string;
  before(async () => {
    cloud = await startDynamodb();
    ({ TableName } = await cloud.table());
  });
  after(() => cloud.close());

  const values = { ":v": { S: "x" } };
  const key = { id: { S: "1" } };
  function send({ ConditionExpression, FilterExpression, ...others }: Attempt): Promise<unknown> {
    const { UpdateExpression, KeyConditionExpression, ProjectionExpression } = others;
    const given = { TableName, ExpressionAttributeValues: values };
    if (ConditionExpression !== undefined)
      return cloud.client.send(new PutItemCommand({ ...given, Item: key, ConditionExpression }));
    if (FilterExpression !== undefined)
      return cloud.client.send(new ScanCommand({ ...given, FilterExpression }));
    if (UpdateExpression !== undefined)
      return cloud.client.send(new UpdateItemCommand({ ...given, Key: key, UpdateExpression }));
    if (KeyConditionExpression !== undefined)
      return cloud.client.send(new QueryCommand({ ...given, KeyConditionExpression }));
    return cloud.client.send(new GetItemCommand({ TableName, Key: key, ProjectionExpression }));
  }

  const nested = (levels: number, operator = "OR"): string =>
    `(a = :v ${operator} `.repeat(levels) + "a = :v" + ")".repeat(levels);
  const around = (levels: number, inner: string): string =>
    "(".repeat(levels) + inner + ")".repeat(levels);

  const accepted: readonly [string, Attempt][] = [
    ["10 levels of parentheses", { FilterExpression: nested(10) }],
    ["140 levels of parentheses", { FilterExpression: nested(140, "AND") }],
    ["100 levels of NOT", { FilterExpression: `${"NOT (".repeat(100)}a = :v${")".repeat(100)}` }],
    ["parentheses in a key condition", { KeyConditionExpression: "(id = :v)" }],
    ["100 operands of IN", { FilterExpression: `a IN (${Array(100).fill(":v").join()})` }],
    ["a path of 32 elements", { ProjectionExpression: `a${".b".repeat(31)}` }],
    ["BETWEEN with an AND behind it", { FilterExpression: "(a BETWEEN :v AND :v) AND NOT b = :v" }],
  ];
  for (const [what, attempt] of accepted)
    it(`may have ${what}`, async () => {
      const waitedMs = await longestWait(cloud.endpoint, () => send(attempt));
      expect(waitedMs).to.be.below(1_000);
    });

  const redundant = /: The expression has redundant parentheses;$/;
  const refused: readonly [string, Attempt, RegExp][] = [
    ["24 plain parentheses", { FilterExpression: around(24, "a = :v") }, redundant],
    ["2,000 plain parentheses", { FilterExpression: around(2_000, "a = :v") }, redundant],
    [
      "parentheses around an operand",
      { ConditionExpression: `${around(11, "a")} = :v` },
      redundant,
    ],
    [
      "parentheses around arguments",
      { FilterExpression: `contains(${around(9, "a")}, :v)` },
      redundant,
    ],
    [
      "parentheses that are not closed",
      { FilterExpression: "(".repeat(4_000) },
      /Syntax error; token: "<EOF>"/,
    ],
    [
      "conditions as operands",
      { FilterExpression: `${nested(40)} = :v` },
      /Syntax error; token: "=", near: "/,
    ],
    [
      "paths in parentheses",
      { FilterExpression: `a = ${"(".repeat(24)}a${").b".repeat(24)}` },
      /Syntax error; token: "\."/,
    ],
    ["a key condition in 30 pairs", { KeyConditionExpression: around(30, "id = :v") }, redundant],
    [
      "an update in parentheses",
      { UpdateExpression: `SET a = ${around(500, ":v")}` },
      /Syntax error; /,
    ],
    [
      "301 operators",
      { FilterExpression: nested(150) },
      /^Invalid FilterExpression: The expression contains too many operators; operator count: 301$/,
    ],
    [
      "301 functions of an update",
      { UpdateExpression: `SET a=${"f(".repeat(301)}a${")".repeat(301)}` },
      /^Invalid UpdateExpression: The expression contains too many operators; operator count: 301$/,
    ],
    [
      "101 operands of IN",
      { FilterExpression: `a IN (${Array(101).fill(":v").join()})` },
      /^Invalid FilterExpression: The IN operator is provided with too many operands; number of operands: 101$/,
    ],
    [
      "4,097 bytes",
      { ConditionExpression: `a = :v${" ".repeat(4_091)}` },
      /^Invalid ConditionExpression: Expression size has exceeded the maximum allowed size; expression size: 4097$/,
    ],
    [
      "a path of 33 elements",
      { ProjectionExpression: `a${".b".repeat(32)}` },
      /^Invalid ProjectionExpression: The document path has too many nesting levels; nesting levels: 33$/,
    ],
    [
      "a path of 33 elements to set",
      { UpdateExpression: `SET a${"[0]".repeat(32)} = :v` },
      /^Invalid UpdateExpression: The document path has too many nesting levels; nesting levels: 33$/,
    ],
  ];
  for (const [what, attempt, message] of refused)
    it(`are refused with ${what}, and nobody waits for it`, async () => {
      const waitedMs = await longestWait(cloud.endpoint, async () => {
        const failure = await failureOf(send(attempt));
        expect(failure.name).to.equal("ValidationException");
        expect(failure.message).to.match(message);
      });
      expect(waitedMs).to.be.below(1_000);
    });

  const deep = (containers: number): object =>
    containers === 0
      ? { S: "x" }
      : containers % 2
        ? { M: { n: deep(containers - 1) } }
        : { L: [deep(containers - 1)] };
  it("and items nest 32 levels deep, not 33", async () => {
    const put = (containers: number) =>
      cloud.client.send(
        new PutItemCommand({ TableName, Item: { ...key, a: deep(containers) as { S: string } } }),
      );
    await put(31);
    expect((await failureOf(put(32))).message).to.equal(
      "Nesting Levels have exceeded supported limits: Attributes in the item have nested levels beyond supported limit",
    );
  });

  it("are parsed to what dynalite's own parser makes of them", () => {
    const parseWhole = freshParser();
    const one = (...texts: string[]) => fc.constantFrom(...texts);
    const operand = one(
      "a",
      "#a",
      "a.b[0].c",
      "(a)",
      "((a))",
      "((a).b)",
      ":v",
      "(:v)",
      "size(a)",
      "size((#a))",
      "f(a, :v)",
      ":none",
      "#none",
      "abs",
    );
    const list = fc.tuple(operand, operand).map((both) => both.join(","));
    const { condition } = fc.letrec<{ condition: string; term: string }>((tie) => ({
      term: fc.oneof(
        fc.tuple(operand, one("=", "<>", "<", ">="), operand).map((parts) => parts.join(" ")),
        fc.tuple(operand, operand, operand).map(([a, b, c]) => `${a} between ${b} AND ${c}`),
        fc.tuple(operand, list).map(([a, b]) => `${a} IN (${b})`),
        fc.tuple(one("attribute_exists", "size", "NOT"), operand).map(([f, a]) => `${f}(${a})`),
        list.map((both) => `contains(${both})`),
        operand,
      ),
      condition: fc.oneof(
        { depthSize: "small", maxDepth: 3 },
        tie("term"),
        fc
          .tuple(tie("condition"), one("AND", "OR", "and"), tie("condition"))
          .map((parts) => parts.join(" ")),
        tie("condition").map((inner) => `(${inner})`),
        tie("condition").map((inner) => `NOT ${inner}`),
      ),
    }));
    const damaged = fc
      .tuple(condition, fc.nat(60), one("", "", "", "(", ")", ",", " = ", "NOT "))
      .map(([text, at, damage]) => text.slice(0, at) + damage + text.slice(at));
    fc.assert(
      fc.property(damaged, (text) => {
        // The time of dynalite's own grows too fast for more.
        fc.pre(text.length < 120 && text.split("(").length < 7);
        const ours = resultOf((options) =>
          parseCondition(text, (term) => parseWhole(term, options)),
        );
        expect(ours).to.deep.equal(resultOf((options) => parseWhole(text, options)));
      }),
      { numRuns: 2_000 },
    );
  }).timeout(60_000);
});

type Parse = (expression: string, options: object) => ParsedCondition;

/** dynalite's parser for conditions as it comes; clouds of this process have replaced it. */
function freshParser(): Parse {
  const require = createRequire(import.meta.url);
  const path = require.resolve("dynalite/db/conditionParser");
  const shared = require.cache[path];
  Reflect.deleteProperty(require.cache, path);
  try {
    return (require(path) as { parse: Parse }).parse;
  } finally {
    require.cache[path] = shared;
  }
}

/** What a parser answers, and which names and values it leaves unused; or that it is no condition. */
function resultOf(parse: (options: object) => ParsedCondition): unknown {
  const context = {
    attrNames: { "#a": "a" },
    attrVals: { ":v": { S: "x" } },
    unusedAttrNames: { "#a": true },
    unusedAttrVals: { ":v": true },
    isReserved: (name: string) => name === "abs",
    compare: () => false,
  };
  try {
    const parsed = parse({ context });
    if (typeof parsed === "string") return parsed;
    const { unusedAttrNames, unusedAttrVals } = context;
    return { ...structuredClone(parsed), unusedAttrNames, unusedAttrVals };
  } catch (error) {
    if (error instanceof Error && error.name === "SyntaxError") return "SyntaxError";
    throw error;
  }
}
