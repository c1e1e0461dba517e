import { expect } from "chai";
import { createServer } from "node:http";
import type { RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { History, nowMs } from "../../../chaos/harness/history.ts";
import { KeyPlan } from "../../../chaos/harness/key-plan.ts";
import { summarizeLatency } from "../../../chaos/harness/latency-summary.ts";
import { Load } from "../../../chaos/harness/load.ts";
import { ProductApi } from "../../../chaos/harness/product-api.ts";
import { Recorder } from "../../../chaos/harness/recorder.ts";

const rate = { writesPerSecond: 100, readsPerSecond: 50 };

describe("Load", () => {
  it("sends as many requests as the rate asks for, also when none is answered", async () => {
    const unanswered: RequestListener = () => undefined;
    await withLoad(unanswered, { timeoutMs: 300 }, async ({ load, history }) => {
      await load.send({ writesPerSecond: 100, readsPerSecond: 0 }, 200);
      await load.settle(10_000);
      expect(history.ops).to.have.lengthOf(21);
      for (const op of history.ops) {
        expect(op).to.include({ type: "info", phase: "before" });
        expect(op.error).to.include("TimeoutError");
      }
    });
  });

  it("counts latency from when a request was due, not from when it was sent", async () => {
    await withLoad(answerOk, {}, async ({ load, history }) => {
      const sending = load.send({ writesPerSecond: 100, readsPerSecond: 0 }, 150);
      const untilMs = nowMs() + 120;
      while (nowMs() < untilMs);
      await sending;
      await load.settle(10_000);
      const late = history.ops.filter((op) => op.invokeMs - op.intendedMs > 50);
      expect(late.length).to.be.greaterThan(3);
      const latency = summarizeLatency(history.ops);
      expect(latency?.maxMs).to.be.greaterThan(100);
    });
  });

  it("sends every payload once, and several to each hot key", async () => {
    await withLoad(answerOk, {}, async ({ load, history }) => {
      await load.send(rate, 300);
      await load.settle(10_000);
      const writes = history.ops.filter(({ kind }) => kind === "write");
      const keys = Map.groupBy(writes, ({ key }) => key.replace(/\d+$/, ""));
      expect(new Set(writes.map(({ value }) => value)).size).to.equal(writes.length);
      expect(new Set(keys.get("run-hot-")?.map(({ key }) => key)).size).to.equal(2);
      const once = keys.get("run-once-")?.map(({ key }) => key) ?? [];
      expect(new Set(once).size).to.equal(once.length).and.to.be.greaterThan(0);
    });
  });

  it("hands a key over with one write, and does not write it again", async () => {
    await withLoad(answerOk, {}, async ({ load, recorder, history }) => {
      await load.send(rate, 100);
      await load.settle(10_000);
      recorder.phase = "after";
      load.handOver();
      await load.send(rate, 100);
      await load.settle(10_000);
      const after = history.ops.filter(
        (op) => op.phase === "after" && op.kind === "write" && op.key.includes("handover"),
      );
      expect(after.map(({ key }) => key).sort()).to.deep.equal([
        "run-handover-0",
        "run-handover-1",
      ]);
    });
  });

  it("reads only what the database has acknowledged", async () => {
    await withLoad(answerQueued, {}, async ({ load, history }) => {
      await load.send(rate, 100);
      await load.settle(10_000);
      expect(history.ops.every(({ type, kind }) => type === "queued" && kind === "write")).to.be
        .true;
    });
  });

  it("gives each request in flight a process of its own, and retires those without an answer", async () => {
    await withLoad(
      () => undefined,
      { timeoutMs: 100 },
      async ({ load, history }) => {
        await load.send({ writesPerSecond: 100, readsPerSecond: 0 }, 200);
        await load.settle(10_000);
        const processes = history.ops.map(({ process }) => process);
        expect(new Set(processes).size).to.equal(processes.length);
      },
    );
  });

  it("stops when it is aborted", async () => {
    const controller = new AbortController();
    const { signal } = controller;
    await withLoad(
      () => undefined,
      { signal, timeoutMs: 60_000 },
      async ({ load, history }) => {
        const sending = load.send(rate, 60_000).catch((error: unknown) => error);
        controller.abort(new Error("Interrupted."));
        expect(await sending).to.be.instanceOf(Error);
        expect(history.ops.every(({ type }) => type === "info")).to.be.true;
      },
    );
  });
});

const answerOk: RequestListener = (_, response) => {
  response.end("Product added/updated successfully.");
};

const answerQueued: RequestListener = (_, response) => {
  response.end("A DynamoDB error occurred. Message sent to queue.");
};

interface Bench {
  readonly load: Load;
  readonly recorder: Recorder;
  readonly history: History;
}

async function withLoad(
  listener: RequestListener,
  { timeoutMs = 5_000, signal }: { timeoutMs?: number; signal?: AbortSignal },
  use: (bench: Bench) => Promise<void>,
): Promise<void> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const endpoint = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  const api = new ProductApi({ url: `${endpoint}/dev/productApi`, endpoint, timeoutMs });
  const history = new History();
  const recorder = new Recorder(api, history, signal);
  const load = new Load(recorder, new KeyPlan("run-", { hot: 2, handover: 2 }), signal);
  try {
    await use({ load, recorder, history });
  } finally {
    await api.close();
    server.closeAllConnections();
    server.close();
  }
}
