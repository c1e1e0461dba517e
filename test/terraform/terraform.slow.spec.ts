import { expect } from "chai";
import { type Cloud, startCloud } from "../../local/cloud.ts";
import { startTerraform, type TerraformRun, whyTerraformCannotRun } from "./terraform-run.ts";
import { whatIsThere } from "../support/what-is-there.ts";

const changed = {
  timeout_seconds: 12,
  memory_mb: 256,
  retention_days: 7,
  environment: { LEVEL: "two" },
  tags: { Stage: "second", Added: "yes" },
  deletion_protection: false,
  expires: false,
  visibility_timeout_seconds: 120,
  max_receive_count: 5,
  raw_message_delivery: false,
  batch_size: 5,
  maximum_concurrency: 5,
  stage_variables: { level: "two" },
  alarm_threshold: 3,
  experiment_duration: "PT2M",
};

describe("The official AWS provider on the embedded cloud", function () {
  // The provider itself waits for each change of a queue to settle.
  this.timeout(600_000);

  const log: Record<string, unknown>[] = [];
  let cloud: Cloud | undefined;
  let terraform: TerraformRun | undefined;

  before(async function () {
    const reason = whyTerraformCannotRun();
    if (reason !== undefined) {
      console.log(`    The provider is not tried: ${reason}`);
      this.skip();
    }
    cloud = await startCloud({ log: (entry) => log.push(entry) });
    terraform = await startTerraform(cloud.endpoint, "tf-");
  });

  after(async () => {
    terraform?.close();
    await cloud?.close();
  });

  it("creates every resource, which then works, and plans no change", async () => {
    await terraform?.apply({});
    expect(await whatIsThere(cloud?.endpoint ?? "")).to.deep.equal({
      alarms: 3,
      apis: 1,
      functions: 3,
      logGroups: 5,
      mappings: 1,
      policies: 1,
      queues: 2,
      roles: 5,
      subscriptions: 1,
      tables: 1,
      templates: 1,
      topics: 2,
    });
    const url = `${cloud?.endpoint ?? ""}/_aws/execute-api/tf-id/dev/productApi`;
    const answer = await fetch(url, { method: "POST", body: "{}" });
    expect([answer.status, await answer.text()]).to.deep.equal([200, "answered"]);
    expect(await terraform?.plan({})).to.equal("");
  });

  it("updates what can be updated, and plans no change", async () => {
    await terraform?.apply(changed);
    expect(await terraform?.plan(changed)).to.equal("");
  });

  it("destroys all of it", async () => {
    await terraform?.destroy(changed);
    expect(await whatIsThere(cloud?.endpoint ?? "")).to.deep.equal({});
  });

  it("asks nothing that is not served", () => {
    expect(log.filter(({ event }) => event === "unknown-operation")).to.deep.equal([]);
    expect(log.filter(({ event }) => event === "internal-failure")).to.deep.equal([]);
  });
});
