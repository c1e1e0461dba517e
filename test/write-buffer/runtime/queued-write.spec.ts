import { expect } from "chai";
import {
  formatQueuedWrite,
  InvalidMessageError,
  parseQueuedWrite,
} from "../../../packages/write-buffer/src/runtime/queued-write.ts";

const VERSION = 1_790_000_000_000_000;
const format = {
  recordName: "order",
  parse: (input: unknown) => {
    if (typeof input !== "string") throw new Error("Field order must be a string.");
    return input;
  },
};
const sent = (record: unknown, version: unknown = VERSION) =>
  formatQueuedWrite({ record, version: version as number }, "order");

describe("formatQueuedWrite", () => {
  for (const record of ["Widget \u0000 😀", "\u0000\u001F\uFFFE\uFFFF"])
    it(`gives what parseQueuedWrite takes: ${JSON.stringify(record)}`, () => {
      expect(parseQueuedWrite(sent(record), format)).to.deep.equal({ record, version: VERSION });
    });

  it("holds only characters that SQS takes", () => {
    expect(sent("\u0000\u001F\uFFFE\uFFFF")).to.match(
      /^[\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]*$/u,
    );
  });

  it("names the record as the format does, or else record", () => {
    expect(JSON.parse(sent("a"))).to.deep.equal({ schemaVersion: 1, order: "a", version: VERSION });
    expect(JSON.parse(formatQueuedWrite({ record: "a", version: 1 }))).to.have.property("record");
  });
});

describe("parseQueuedWrite", () => {
  it("takes a write out of an SNS notification", () => {
    const body = JSON.stringify({ Type: "Notification", Message: sent("a") });
    expect(parseQueuedWrite(body, format).record).to.equal("a");
  });

  const invalid: Record<string, [body: string, says: string]> = {
    "no JSON": ["{", "The message must be JSON."],
    "no object": ["[]", "The message must be a JSON object."],
    null: ["null", "The message must be a JSON object."],
    "a notification of something else": [
      JSON.stringify({ Type: "Notification", Message: "hello" }),
      "The message must be JSON.",
    ],
    "another schema": [
      JSON.stringify({ schemaVersion: 2, order: "a", version: 1 }),
      "Field schemaVersion must be 1.",
    ],
    "a record that is refused": [sent(7), "Field order must be a string."],
    "no version": [sent("a", null), "Field version must be a whole number of microseconds."],
    "a version of 0": [sent("a", 0), "Field version must be a whole number of microseconds."],
    "a version beyond whole numbers": [
      sent("a", 2 ** 53),
      "Field version must be a whole number of microseconds.",
    ],
  };
  for (const [what, [body, says]] of Object.entries(invalid))
    it(`refuses ${what} and says why`, () => {
      expect(() => parseQueuedWrite(body, format)).to.throw(InvalidMessageError, says);
    });
});
