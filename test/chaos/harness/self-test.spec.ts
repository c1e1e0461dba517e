import { expect } from "chai";
import { testWorkload } from "../../../chaos/harness/self-test.ts";
import type { Found, Workload } from "../../../chaos/workload-contract.ts";
import { failureOf } from "../../support/failure-of.ts";
import { appWithin, FakeApplication, notesOf } from "../support/fake-application.ts";
import type { Note, Overrides } from "../support/fake-application.ts";

const run = (workload: Workload, deadlineMs = 5_000) =>
  testWorkload(workload, appWithin(), { keyPrefix: "run-", timeoutMs: 1_000, deadlineMs });

describe("testWorkload", () => {
  let application: FakeApplication;

  beforeEach(() => {
    application = new FakeApplication();
  });

  const passes = (overrides: Overrides = {}) => run(notesOf(application, overrides));

  describe("takes a workload that tells the truth:", () => {
    it("a register in one store", async () => {
      expect(await passes()).to.equal("every");
    });

    it("one without reads and without a write to refuse", async () => {
      const { read, refused, ...rest } = notesOf(application);
      void [read, refused];
      expect(await run(rest)).to.equal("every");
    });

    it("a projection that shows everything a little later", async () => {
      let asked = 0;
      const truth = () => {
        if (++asked > 4)
          for (const [key, found] of application.table) application.index.set(key, found);
        return Promise.resolve({
          table: new Map(application.table),
          index: new Map(application.index),
        });
      };
      expect(await passes({ truth })).to.equal("every");
    });

    it("a queue that drains", async () => {
      let left = 3;
      const pending = () => Promise.resolve({ messages: left > 0 ? left-- : 0 });
      const send = (note: Note) =>
        Promise.resolve(
          note.text === "" ? { status: 400, body: "" } : { ...application.put(note), status: 202 },
        );
      expect(await passes({ send, pending })).to.equal("every");
    });

    it("a counter and a list", async () => {
      const counter: Overrides = {
        effects: ({ key }) => [{ key, add: 2 }],
        send: ({ key, text }) => {
          if (text === "") return Promise.resolve({ status: 400, body: "" });
          application.table.set(key, Number(application.table.get(key) ?? 0) + 2);
          return Promise.resolve({ status: 200, body: "" });
        },
      };
      expect(await passes(counter)).to.equal("every");
      application = new FakeApplication();
      const list: Overrides = {
        effects: ({ key, text }) => [{ key, append: text }],
        send: ({ key, text }) => {
          if (text === "") return Promise.resolve({ status: 400, body: "" });
          const before = (application.table.get(key) ?? []) as readonly string[];
          application.table.set(key, [...before, text]);
          return Promise.resolve({ status: 200, body: "" });
        },
      };
      expect(await passes(list)).to.equal("every");
    });

    it("a key that all writes share, such as a total", async () => {
      const { table } = application;
      table.set("total", 41);
      const overrides: Overrides = {
        effects: ({ key, text }) => [
          { key, put: text },
          { key: "total", add: 1 },
          { key: "log", append: `${key} ${text}` },
          { key: "latest", put: `${key} ${text}` },
        ],
        send: (note) => {
          if (note.text === "") return Promise.resolve({ status: 400, body: "" });
          table.set("total", Number(table.get("total") ?? 0) + 1);
          const log = (table.get("log") ?? []) as readonly string[];
          table.set("log", [...log, `${note.key} ${note.text}`]);
          table.set("latest", `${note.key} ${note.text}`);
          return Promise.resolve(application.put(note));
        },
      };
      expect(await passes(overrides)).to.equal("every");
    });

    it("keys that the application chooses", async () => {
      const overrides: Overrides = {
        effects: ({ text }, answer) => (answer ? [{ key: answer.body, put: text }] : []),
        send: (note) => {
          if (note.text === "") return Promise.resolve({ status: 400, body: "" });
          const key = `id-${String(application.table.size)}`;
          application.put({ ...note, key });
          return Promise.resolve({ status: 201, body: key });
        },
      };
      expect(await passes(overrides)).to.equal("every");
    });

    it("stores that have no keys in common", async () => {
      const stores = { left: new Map<string, Found>(), right: new Map<string, Found>() };
      const overrides: Overrides = {
        effects: ({ key, text }) => [
          { key: `${key}-l`, put: text },
          { key: `${key}-r`, put: text },
        ],
        send: ({ key, text }) => {
          if (text === "") return Promise.resolve({ status: 400, body: "" });
          stores.left.set(`${key}-l`, text);
          stores.right.set(`${key}-r`, text);
          return Promise.resolve({ status: 200, body: "" });
        },
        read: (key) => {
          const found = stores.left.get(key) ?? stores.right.get(key);
          return Promise.resolve({ status: found ? 200 : 404, body: "", found });
        },
        truth: () => Promise.resolve(stores),
      };
      expect(await passes(overrides)).to.equal("one");
    });

    it("an application that refuses a first request", async () => {
      let first = true;
      const send = (note: Note) => {
        if (!first)
          return Promise.resolve(
            note.text === "" ? { status: 400, body: "" } : application.put(note),
          );
        first = false;
        return Promise.resolve({ status: 503, body: "starting" });
      };
      expect(await passes({ send })).to.equal("every");
    });
  });

  it("ends when it is interrupted, with the reason", async () => {
    const controller = new AbortController();
    const truth = () => {
      if (application.requests.length > 0) controller.abort(new Error("Interrupted."));
      return Promise.resolve({ table: new Map() });
    };
    const error = await failureOf(
      testWorkload(notesOf(application, { truth }), appWithin(controller.signal), {
        keyPrefix: "run-",
        timeoutMs: 1_000,
        deadlineMs: 60_000,
      }),
    );
    expect(error.message).to.equal("Interrupted.");
  });
});
