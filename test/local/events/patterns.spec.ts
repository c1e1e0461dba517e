import { EventBridge } from "@aws-sdk/client-eventbridge";
import { expect } from "chai";
import { type Cloud, startCloud } from "../../../local/cloud.ts";
import { clientSettings } from "../../support/client-settings.ts";
import { failureOf } from "../../support/failure-of.ts";

/** Pattern of `detail`, a detail that matches and one that does not. */
const cases: [what: string, pattern: object, matching: object[], other: object[]][] = [
  ["exact texts", { a: ["x", "y"] }, [{ a: "y" }, { a: ["z", "x"] }], [{ a: "X" }, {}, { a: {} }]],
  ["numbers by value", { a: [300] }, [{ a: 300.0 }, { a: 3e2 }], [{ a: "300" }, { a: 301 }]],
  ["null and empty texts", { a: [null, ""] }, [{ a: null }, { a: "" }], [{}, { a: "null" }]],
  ["true", { a: [true] }, [{ a: true }], [{ a: "true" }, { a: false }]],
  ["all fields", { a: ["x"], b: ["y"] }, [{ a: "x", b: "y" }], [{ a: "x" }]],
  ["nested fields", { a: { b: ["x"] } }, [{ a: { b: "x" } }], [{ a: "x" }, { a: { c: "x" } }]],
  ["prefix", { a: [{ prefix: "ab" }] }, [{ a: "abc" }], [{ a: "xab" }, { a: 1 }]],
  [
    "prefix without case",
    { a: [{ prefix: { "equals-ignore-case": "aB" } }] },
    [{ a: "AbC" }],
    [{ a: "bAb" }],
  ],
  ["suffix", { a: [{ suffix: ".png" }] }, [{ a: "x.png" }], [{ a: "x.png2" }]],
  [
    "suffix without case",
    { a: [{ suffix: { "equals-ignore-case": ".PNG" } }] },
    [{ a: "x.pNg" }],
    [{ a: "png" }],
  ],
  [
    "equals-ignore-case",
    { a: [{ "equals-ignore-case": "aLiCe" }] },
    [{ a: "ALICE" }],
    [{ a: "Al" }],
  ],
  ["anything-but one", { a: [{ "anything-but": "x" }] }, [{ a: "y" }, { a: 1 }], [{ a: "x" }, {}]],
  ["anything-but several", { a: [{ "anything-but": [1, 2] }] }, [{ a: 3 }], [{ a: 2 }]],
  [
    "anything-but in lists",
    { a: [{ "anything-but": ["x"] }] },
    [{ a: ["x", "y"] }],
    [{ a: ["x"] }],
  ],
  [
    "anything-but prefix",
    { a: [{ "anything-but": { prefix: ["x", "y"] } }] },
    [{ a: "zx" }],
    [{ a: "xa" }, { a: "ya" }],
  ],
  [
    "anything-but suffix",
    { a: [{ "anything-but": { suffix: "x" } }] },
    [{ a: "xa" }],
    [{ a: "ax" }],
  ],
  [
    "anything-but without case",
    { a: [{ "anything-but": { "equals-ignore-case": ["x"] } }] },
    [{ a: "y" }],
    [{ a: "X" }],
  ],
  [
    "anything-but wildcard",
    { a: [{ "anything-but": { wildcard: "*/lib/*" } }] },
    [{ a: "/bin/x" }],
    [{ a: "/lib/x" }],
  ],
  ["numeric equal", { a: [{ numeric: ["=", 5] }] }, [{ a: 5 }], [{ a: 6 }, { a: "5" }]],
  ["numeric range", { a: [{ numeric: [">", 0, "<=", 5] }] }, [{ a: 5 }], [{ a: 0 }, { a: 5.1 }]],
  ["exists", { a: [{ exists: true }] }, [{ a: null }, { a: "x" }], [{}, { a: { b: 1 } }]],
  ["exists false", { a: [{ exists: false }] }, [{}, { b: 1 }, { a: { b: 1 } }], [{ a: 1 }]],
  [
    "exists false over a list",
    { a: { b: [{ exists: false }] } },
    [{ a: [{ c: 1 }] }, {}],
    [{ a: [{ b: 1 }, { c: 2 }] }],
  ],
  ["exists beside a value", { a: [{ exists: false }, "x"] }, [{}, { a: "x" }], [{ a: "y" }]],
  [
    "wildcard",
    { a: [{ wildcard: "dir/*.png" }] },
    [{ a: "dir/a.png" }, { a: "dir/.png" }],
    [{ a: "dir/a.pn" }, { a: "dir/a.jpg" }],
  ],
  [
    "wildcards between",
    { a: [{ wildcard: "a*b*c" }] },
    [{ a: "abc" }, { a: "axbxbc" }],
    [{ a: "acb" }],
  ],
  ["an escaped star", { a: [{ wildcard: "a\\*b" }] }, [{ a: "a*b" }], [{ a: "axb" }]],
  ["overlapping ends", { a: [{ wildcard: "aba*aba" }] }, [{ a: "abaaba" }], [{ a: "ababa" }]],
  [
    "cidr",
    { a: [{ cidr: "10.0.0.0/24" }] },
    [{ a: "10.0.0.255" }],
    [{ a: "10.0.1.0" }, { a: "x" }],
  ],
  [
    "cidr of IPv6",
    { a: [{ cidr: "2001:db8::/32" }] },
    [{ a: "2001:db8::1" }],
    [{ a: "2001:db9::1" }],
  ],
  [
    "$or",
    { c: ["z"], $or: [{ a: ["x"] }, { b: { d: [{ numeric: [">", 1] }] } }] },
    [
      { c: "z", a: "x" },
      { c: "z", b: { d: 2 } },
    ],
    [{ a: "x" }, { c: "z" }, { c: "z", b: { d: 1 } }],
  ],
  [
    "fields of one element of a list",
    { a: { b: ["x"], c: ["y"] } },
    [{ a: [{ b: "w" }, { b: "x", c: "y" }] }],
    [
      {
        a: [
          { b: "x", c: "z" },
          { b: "w", c: "y" },
        ],
      },
    ],
  ],
  ["names of built-in members", { constructor: ["x"] }, [{ constructor: "x" }], [{}]],
];

const refused: [what: string, pattern: string, reason: RegExp][] = [
  ["no JSON", "{", /not JSON/],
  ["a list", "[]", /not an object/],
  ["an empty object", '{"a":{}}', /Empty objects/],
  ["an empty list", '{"a":[]}', /Empty arrays.*"a"/],
  ["a bare value", '{"a":{"b":"x"}}', /"a.b" must be an object or an array/],
  ["an unknown comparison", '{"a":[{"like":"x"}]}', /Unrecognized match type like/],
  ["two comparisons in one", '{"a":[{"prefix":"x","suffix":"y"}]}', /one operator/],
  ["a range the wrong way", '{"a":[{"numeric":[">",1,">",2]}]}', /numeric/],
  ["a number out of range", '{"a":[{"numeric":["=",6e9]}]}', /5.0e9/],
  ["two stars", '{"a":[{"wildcard":"a**b"}]}', /Consecutive/],
  ["a bad escape", '{"a":[{"wildcard":"a\\\\b"}]}', /backslash/],
  ["a bad block", '{"a":[{"cidr":"10.0.0.0/33"}]}', /CIDR/],
  ["exists of a text", '{"a":[{"exists":"yes"}]}', /exists/],
  ["a built-in name as comparison", '{"a":[{"constructor":"x"}]}', /Unrecognized/],
];

describe("EventBridge patterns", () => {
  let cloud: Cloud;
  let events: EventBridge;
  before(async () => {
    cloud = await startCloud();
    events = new EventBridge(clientSettings(cloud.endpoint));
  });
  after(async () => {
    events.destroy();
    await cloud.close();
  });

  async function matches(detailPattern: object, detail: object): Promise<boolean | undefined> {
    const facts = { id: "1", account: "000000000000", source: "s", region: "us-east-1" };
    const event = { ...facts, time: "2026-01-01T00:00:00Z", resources: [], "detail-type": "d" };
    const { Result } = await events.testEventPattern({
      EventPattern: JSON.stringify({ detail: detailPattern }),
      Event: JSON.stringify({ ...event, detail }),
    });
    return Result;
  }

  for (const [what, pattern, matching, other] of cases)
    it(`match ${what}`, async () => {
      for (const detail of matching)
        expect(await matches(pattern, detail), JSON.stringify(detail)).to.equal(true);
      for (const detail of other)
        expect(await matches(pattern, detail), JSON.stringify(detail)).to.equal(false);
    });

  for (const [what, EventPattern, reason] of refused)
    it(`refuse ${what}`, async () => {
      const { name, message } = await failureOf(events.putRule({ Name: "refused", EventPattern }));
      expect(name).to.equal("InvalidEventPatternException");
      expect(message).to.match(reason);
    });

  it("name a field that a tested event has not", async () => {
    const { message } = await failureOf(
      events.testEventPattern({ EventPattern: '{"source":["s"]}', Event: '{"id":"1"}' }),
    );
    expect(message).to.include("detail-type");
  });
});
