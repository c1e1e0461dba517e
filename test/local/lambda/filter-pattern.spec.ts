import { expect } from "chai";
import { compileFilter } from "../../../local/services/lambda/event-source-mapping/filter-pattern.ts";

const record = {
  eventName: "MODIFY",
  dynamodb: {
    Keys: { id: { S: "Order-1" } },
    SizeBytes: 40,
    NewImage: { tags: { SS: ["a", "b"] } },
  },
};

const cases: readonly [pattern: object, passes: boolean][] = [
  [{ eventName: ["MODIFY", "INSERT"] }, true],
  [{ eventName: ["INSERT"] }, false],
  [{ eventName: ["MODIFY"], dynamodb: { SizeBytes: [41] } }, false],
  [{ dynamodb: { Keys: { id: { S: [{ prefix: "Order" }] } } } }, true],
  [{ dynamodb: { Keys: { id: { S: [{ suffix: "-2" }] } } } }, false],
  [{ dynamodb: { Keys: { id: { S: [{ "equals-ignore-case": "ORDER-1" }] } } } }, true],
  [{ dynamodb: { SizeBytes: [{ numeric: [">", 0, "<=", 40] }] } }, true],
  [{ dynamodb: { SizeBytes: [{ numeric: ["<", 40] }] } }, false],
  [{ eventName: [{ "anything-but": ["INSERT", "REMOVE"] }] }, true],
  [{ eventName: [{ "anything-but": { prefix: "MOD" } }] }, false],
  [{ dynamodb: { OldImage: [{ exists: false }] } }, true],
  [{ dynamodb: { NewImage: { tags: { SS: [{ exists: false }] } } } }, false],
  [{ dynamodb: { NewImage: { price: { N: [{ exists: true }] } } } }, false],
  [{ dynamodb: { NewImage: { tags: { SS: ["b"] } } } }, true],
  [{ dynamodb: { NewImage: { price: { N: [{ "anything-but": "1" }] } } } }, false],
  [{ $or: [{ eventName: ["INSERT"] }, { dynamodb: { SizeBytes: [40] } }] }, true],
  [{}, true],
];

describe("compileFilter", () => {
  for (const [pattern, passes] of cases)
    it(`${passes ? "lets a record through" : "holds a record back"} by ${JSON.stringify(pattern)}`, () => {
      expect(compileFilter(JSON.stringify(pattern))(record)).to.equal(passes);
    });

  for (const text of ["", "[]", "{", '{"a":[]}', '{"a":"b"}', '{"a":[{"cidr":"10.0.0.0/8"}]}'])
    it(`refuses ${text || "nothing"}`, () => {
      expect(() => compileFilter(text)).to.throw(/^Invalid filter pattern definition: /);
    });
});
