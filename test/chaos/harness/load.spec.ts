import { expect } from "chai";
import { createServer } from "node:http";
import type { RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { DeployedApp } from "../../../chaos/harness/app.ts";
import { awsClients } from "../../../chaos/harness/aws-clients.ts";
import { History, nowMs } from "../../../chaos/harness/history.ts";
import { KeyPlan } from "../../../chaos/harness/key-plan.ts";
import { summarizeLatency } from "../../../chaos/harness/latency-summary.ts";
import { Load } from "../../../chaos/harness/load.ts";
import { Random } from "../../../chaos/harness/random.ts";
import { Recorder } from "../../../chaos/harness/recorder.ts";
import type { Workload } from "../../../chaos/workload-contract.ts";
import workload from "../../../chaos/workload.ts";
import type { StackOutputs } from "../../../infra/outputs.ts";

const rate = { writesPerSecond: 100, readsPerSecond: 50 };

describe("Load", () => {
  it("sends as many requests as the rate asks for, also when none is answered", async () => {
    const unanswered: RequestListener = () => undefined;
    await withLoad(unanswered, { timeoutMs: 300 }, async ({ load, history }) => {
      await load.send("before", { writesPerSecond: 100, readsPerSecond: 0 }, 200);
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
      const sending = load.send("before", { writesPerSecond: 100, readsPerSecond: 0 }, 150);
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

  it("sends several writes to each hot key, and one turn to each short-lived one", async () => {
    await withLoad(answerOk, {}, async ({ load, history }) => {
      await load.send("before", rate, 400);
      await load.settle(10_000);
      const writes = history.ops.filter(({ kind }) => kind === "write");
      const byKey = Map.groupBy(writes, ({ key }) => key);
      const keysOf = (kind: string) => [...byKey.keys()].filter((key) => key.includes(`-${kind}-`));
      expect(keysOf("hot")).to.have.lengthOf(2);
      expect(keysOf("once").length).to.be.greaterThan(2);
      for (const key of keysOf("once")) expect(byKey.get(key)).to.have.lengthOf(1);
      for (const key of keysOf("chain")) expect(byKey.get(key)?.length).to.be.within(2, 4);
      expect(keysOf("fault-only")).to.deep.equal([]);
    });
  });

  it("sends the next step of a turn when the one before has been answered", async () => {
    await withLoad(answerOk, {}, async ({ load, history }) => {
      await load.send("during", rate, 600);
      await load.settle(10_000);
      const chains = Map.groupBy(
        history.ops.filter(({ key, kind }) => kind === "write" && key.includes("-chain-")),
        ({ key }) => key,
      );
      expect(chains.size).to.be.greaterThan(1);
      for (const ops of chains.values()) {
        const first = ops.reduce((one, other) => (one.endMs <= other.endMs ? one : other));
        expect(ops.some((op) => op.invokeMs >= first.endMs)).to.be.true;
      }
    });
  });

  it("counts the writes of a turn towards the rate", async () => {
    await withLoad(answerOk, {}, async ({ load, history }) => {
      await load.send("during", { writesPerSecond: 200, readsPerSecond: 0 }, 500);
      await load.settle(10_000);
      expect(history.ops.length).to.be.within(98, 105);
    });
  });

  it("sends a backlog as fast as it is answered, so many at a time", async () => {
    let inFlight = 0;
    let most = 0;
    const counting: RequestListener = (_, response) => {
      most = Math.max(most, ++inFlight);
      setImmediate(() => {
        inFlight -= 1;
        response.end("Product added/updated successfully.");
      });
    };
    await withLoad(counting, {}, async ({ load, history }) => {
      await load.sendBacklog("during", { writes: 300, concurrency: 4 });
      expect(history.ops.length).to.be.within(300, 316);
      expect(most).to.be.within(2, 8);
    });
  });

  it("hands a key over with one write, and does not write it again", async () => {
    await withLoad(answerOk, {}, async ({ load, recorder, history }) => {
      await load.send("before", rate, 100);
      await load.settle(10_000);
      recorder.phase = "after";
      load.handOver();
      await load.send("after", rate, 100);
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
      await load.send("before", rate, 100);
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
        await load.send("before", { writesPerSecond: 100, readsPerSecond: 0 }, 200);
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
        const sending = load.send("before", rate, 60_000).catch((error: unknown) => error);
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
  const outputs: StackOutputs = {
    productApiUrl: `${endpoint}/dev/productApi`,
    productsTableName: "Products",
    region: "us-east-1",
    experimentTemplates: {},
  };
  const target = { endpoint, outputs, close: () => Promise.resolve() };
  const clients = awsClients({ endpoint, region: outputs.region });
  const app = new DeployedApp(target, clients);
  const history = new History();
  const product = workload as Workload;
  const recorder = new Recorder({ workload: product, app, history, timeoutMs, signal });
  const random = new Random("load.spec");
  const counts = { hot: 2, handover: 2, faultOnly: 2 };
  const plan = new KeyPlan({ prefix: "run-", counts, random, workload: product });
  const load = new Load({ recorder, plan, random, reads: true, signal });
  try {
    await use({ load, recorder, history });
  } finally {
    await app.close();
    clients.close();
    server.closeAllConnections();
    server.close();
  }
}
