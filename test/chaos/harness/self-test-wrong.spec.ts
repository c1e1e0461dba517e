import { expect } from "chai";
import { CannotRunError } from "../../../chaos/cannot-run-error.ts";
import { testWorkload } from "../../../chaos/harness/self-test.ts";
import type { Found, Workload } from "../../../chaos/workload-contract.ts";
import { failureOf } from "../../support/failure-of.ts";
import { appWithin, FakeApplication, notesOf } from "../support/fake-application.ts";
import type { Note, Overrides } from "../support/fake-application.ts";

const run = (workload: Workload, deadlineMs: number) =>
  testWorkload(workload, appWithin(), { keyPrefix: "run-", timeoutMs: 1_000, deadlineMs });

describe("testWorkload names what is wrong with a workload:", () => {
  let application: FakeApplication;

  beforeEach(() => {
    application = new FakeApplication();
  });

  /** The sentence about a workload that is wrong in one way; what shows by waiting shows soon. */
  async function sentence(overrides: Overrides): Promise<string> {
    const error = await failureOf(run(notesOf(application, overrides), 150));
    expect(error).to.be.instanceOf(CannotRunError);
    return error.message;
  }

  it("a truth that is constant or empty", async () => {
    const other = new Map([["other", "1"]]);
    for (const table of [other, new Map<string, string>()])
      expect(await sentence({ truth: () => Promise.resolve({ table }) })).to.equal(
        "The workload is wrong: truth does not show what was acknowledged: table has nothing for run-self-test, and the write was text 1. If the effect shows in another store only, say which with `in`.",
      );
  });

  it("a truth that is no object of maps", async () => {
    for (const stores of [new Map(), {}, { table: {} }, undefined, [1]])
      expect(await sentence({ truth: () => Promise.resolve(stores as never) })).to.equal(
        "The workload is wrong: truth has to return an object with one Map for each store, as in { table: new Map() }.",
      );
  });

  it("a truth that shows the first write for ever", async () => {
    const shown = new Map<string, Found>();
    const truth = () => {
      for (const [key, found] of application.table) if (!shown.has(key)) shown.set(key, found);
      return Promise.resolve({ table: shown });
    };
    expect(await sentence({ truth })).to.include(
      "table has text 1 for run-self-test, and the write was text 2",
    );
  });

  it("a truth that has what was never sent", async () => {
    const truth = () =>
      Promise.resolve({
        table: new Map<string, Found>([
          ...application.table,
          ...(application.table.size > 0 ? ([["run-self-test-unsent", "made up"]] as const) : []),
        ]),
      });
    expect(await sentence({ truth })).to.equal(
      "The workload is wrong: truth has run-self-test-unsent in table (made up), which was never sent.",
    );
  });

  it("effects that are empty after an acknowledgement", async () => {
    expect(await sentence({ effects: () => [] })).to.equal(
      "The workload is wrong: effects returned nothing for a write that was acknowledged (stored), so that its loss would never show.",
    );
  });

  it("effects that are none", async () => {
    expect(await sentence({ effects: () => undefined as never })).to.equal(
      "The workload is wrong: effects returned undefined, not a list.",
    );
    for (const effect of [
      { key: "a" },
      { put: "1" },
      { key: "a", put: 1 },
      { key: "a", put: "1", add: 1 },
      { key: "a", add: NaN },
      null,
      "a",
    ])
      expect(await sentence({ effects: () => [effect] as never })).to.match(
        /^The workload is wrong: effects returned .*: an effect has a key and one of put/,
      );
  });

  it("writes that are equal", async () => {
    expect(await sentence({ next: (key) => ({ key, text: "same" }) })).to.match(
      /^The workload is wrong: next makes writes 1 and 2 of a key with equal effects .*no two writes of a run may be equal\.$/,
    );
    const appended = await sentence({
      next: (key) => ({ key, text: "same" }),
      effects: ({ key, text }) => [{ key, append: text }],
    });
    expect(appended).to.include("next makes writes 1 and 2 of a key with equal effects");
  });

  it("effects of several models on one key", async () => {
    const effects: Overrides["effects"] = ({ key, text }) =>
      text === "text 1" ? [{ key, put: text }] : [{ key, add: 1 }];
    expect(await sentence({ effects })).to.equal(
      "The workload is wrong: the effects on run-self-test are of a register and of a counter; a key is one of them.",
    );
  });

  it("a queue without `pending`", async () => {
    const send = (note: Note) => Promise.resolve({ ...application.put(note), status: 202 });
    expect(await sentence({ send })).to.equal(
      "The workload is wrong: a write was queued, and the workload has no `pending`, which says what it still waits in.",
    );
  });

  it("a `pending` that never becomes nothing", async () => {
    const pending = () => Promise.resolve({ messages: 3 });
    expect(await sentence({ pending })).to.equal(
      'What the workload calls pending does not become nothing, without any fault: {"messages":3}.',
    );
  });

  it("a read that finds nothing, or always the same", async () => {
    for (const found of [undefined, "the same"]) {
      const read = () => Promise.resolve({ status: 200, body: "", found });
      expect(await sentence({ read })).to.match(
        /^The workload is wrong: read does not find what was acknowledged for run-self-test \(text 2\): /,
      );
    }
  });

  it("a read that finds what was never written", async () => {
    const read = (key: string) =>
      Promise.resolve({ status: 200, body: "", found: application.table.get(key) ?? "ghost" });
    expect(await sentence({ read })).to.equal(
      "The workload is wrong: read finds ghost for run-self-test-never, which was never written.",
    );
  });

  it("a write to refuse that is acknowledged", async () => {
    expect(await sentence({ send: (note) => Promise.resolve(application.put(note)) })).to.equal(
      "The workload is wrong: a write that has to be refused was answered with 200, which counts as ok, not as fail.",
    );
  });

  it("a write that was refused and shows all the same", async () => {
    const send = (note: Note) => {
      const answer = application.put(note);
      return Promise.resolve(note.text === "" ? { status: 400, body: "" } : answer);
    };
    expect(await sentence({ send })).to.equal(
      "The workload is wrong: truth has run-self-test-refused in table (), which was refused.",
    );
  });

  it("a projection that never shows", async () => {
    const truth = () => Promise.resolve({ table: application.table, index: application.index });
    expect(await sentence({ truth })).to.equal(
      "The workload is wrong: truth does not show what was acknowledged: index has nothing for run-self-test, and the write was text 1. If the effect shows in another store only, say which with `in`.",
    );
  });

  it("a projection that never shows, also where a write has several effects", async () => {
    const truth = () => Promise.resolve({ table: application.table, index: application.index });
    const effects: Overrides["effects"] = ({ key, text }) => [
      { key, put: text },
      { key: `${key}-copy`, put: text },
    ];
    const send = (note: Note) => {
      application.put({ ...note, key: `${note.key}-copy` });
      return Promise.resolve(application.put(note));
    };
    expect(await sentence({ truth, effects, send })).to.include("index has nothing for");
  });

  it("an effect in a store that there is not", async () => {
    const effects: Overrides["effects"] = ({ key, text }) => [{ key, put: text, in: "tabel" }];
    expect(await sentence({ effects })).to.equal(
      "The workload is wrong: the effect on run-self-test is to show in tabel, and truth returns table.",
    );
  });

  it("functions that throw, by their names", async () => {
    const boom = () => {
      throw new TypeError("boom");
    };
    const head = "The workload is wrong: ";
    expect(await sentence({ next: boom })).to.equal(
      `${head}next, for write 1 of run-self-test-unsent, throws "TypeError: boom".`,
    );
    expect(await sentence({ effects: boom })).to.equal(`${head}effects throws "TypeError: boom".`);
    const afterAnswer: Overrides["effects"] = ({ key, text }, answer) =>
      answer ? boom() : [{ key, put: text }];
    expect(await sentence({ effects: afterAnswer })).to.equal(
      `${head}effects, after the answer, throws "TypeError: boom".`,
    );
    expect(await sentence({ truth: boom })).to.equal(`${head}truth throws "TypeError: boom".`);
    expect(await sentence({ result: boom })).to.equal(`${head}result throws "TypeError: boom".`);
    expect(await sentence({ pending: boom })).to.match(
      /^The workload is wrong: truth or pending cannot be read\. .*TypeError: boom$/,
    );
    expect(await sentence({ read: boom })).to.include("TypeError: boom");
    const read = (key: string) =>
      application.table.has(key) ? Promise.resolve(application.find(key)) : boom();
    expect(await sentence({ read })).to.equal(
      `${head}read throws "TypeError: boom" for run-self-test-never, which was never written.`,
    );
  });

  it("an application that takes no write, with what it answered", async () => {
    const send = () => Promise.resolve({ status: 500, body: "no such table" });
    expect(await sentence({ send })).to.match(
      /^The application takes no write of the workload's, without any fault\. .*500 no such table/,
    );
  });
});
