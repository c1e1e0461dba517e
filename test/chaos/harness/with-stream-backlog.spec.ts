import { expect } from "chai";
import { DeployedApp } from "../../../chaos/harness/app.ts";
import { awsClients } from "../../../chaos/harness/aws-clients.ts";
import type { StackResource } from "../../../chaos/harness/target.ts";
import { withStreamBacklog } from "../../../chaos/harness/with-stream-backlog.ts";
import type { Workload } from "../../../chaos/workload-contract.ts";
import {
  type StartedStreamMappings,
  startStreamMappings,
} from "../../local/lambda/start-stream-mapping.ts";
import { untilMet } from "../../support/until-met.ts";
import { FakeApplication, notesOf } from "../support/fake-application.ts";

describe("withStreamBacklog", () => {
  let cloud: StartedStreamMappings;
  let app: DeployedApp;
  before(async () => {
    cloud = await startStreamMappings();
    const { endpoint } = cloud.lambda;
    const outputs = { region: "us-east-1", endpoint };
    const clients = awsClients(outputs);
    app = new DeployedApp({ endpoint, outputs, close: () => Promise.resolve() }, clients);
  });
  after(async () => {
    await app.close();
    await cloud.close();
  });
  afterEach(() => cloud.faults());

  /** The resources of a stack with one table whose stream feeds a function. */
  async function stack() {
    const { create, put, FunctionName, streamArn } = await cloud.mapped();
    const { UUID = "" } = await create();
    const mapping: StackResource = {
      ...{ type: "aws:lambda/eventSourceMapping:EventSourceMapping", name: "mapping" },
      ...{ id: UUID, urn: "urn", outputs: { eventSourceArn: streamArn } },
    };
    return { put, FunctionName, target: { endpoint: cloud.lambda.endpoint, resources: [mapping] } };
  }

  const pendingOf = (workload: Workload) =>
    workload.pending?.(app.during(new AbortController().signal));

  it("tells the records that the stack's own functions have not taken yet", async () => {
    const { put, FunctionName, target } = await stack();
    const other = await stack();
    const workload = withStreamBacklog(notesOf(new FakeApplication()), target);
    await cloud.faults({ service: "lambda", operation: "Invoke" });
    await put(["a"], ["b"], ["c"]);
    await other.put(["not of this stack"]);
    const records = `records for ${FunctionName}`;
    expect(await pendingOf(workload)).to.deep.equal({ [records]: 3 });
    await cloud.faults();
    await untilMet("An empty stream", async () => {
      const pending = await pendingOf(workload);
      return pending?.[records] === 0 || undefined;
    });
  });

  it("keeps what the workload says, also one with private fields", async () => {
    const { target } = await stack();
    const { next, effects, send, truth } = notesOf(new FakeApplication());
    class Queued implements Workload {
      readonly #messages = 7;
      readonly next = next;
      readonly effects = effects;
      readonly send = send;
      readonly truth = truth;
      readonly ordered = true;
      pending() {
        return Promise.resolve({ messages: this.#messages });
      }
      givenUp() {
        return Promise.resolve([{ key: "a", put: String(this.#messages) }]);
      }
    }
    const workload = withStreamBacklog(new Queued(), target);
    expect(await pendingOf(workload)).to.include({ messages: 7 });
    expect(await workload.givenUp?.(app.during(new AbortController().signal))).to.deep.equal([
      { key: "a", put: "7" },
    ]);
    expect(workload.ordered).to.equal(true);
    expect(workload.read).to.equal(undefined);
  });

  it("leaves a workload alone where no stream feeds a function, and on AWS", async () => {
    const workload = notesOf(new FakeApplication());
    const { target } = await stack();
    const { endpoint, resources } = target;
    expect(withStreamBacklog(workload, { endpoint, resources: [] })).to.equal(workload);
    expect(withStreamBacklog(workload, { resources })).to.equal(workload);
  });
});
