import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { CloudWatchLogsClient, CreateLogGroupCommand } from "@aws-sdk/client-cloudwatch-logs";
import { CreateExperimentTemplateCommand, FisClient } from "@aws-sdk/client-fis";
import { expect } from "chai";
import { type Cloud, startCloud } from "../../local/cloud.ts";
import { clientSettings } from "../support/client-settings.ts";
import { runProcess } from "./support/run-process.ts";

const ofContinuousIntegration = fileURLToPath(new URL("../../.ci/venv/bin/chaos", import.meta.url));
const chaos = existsSync(ofContinuousIntegration) ? ofContinuousIntegration : "chaos";
const roleArn = "arn:aws:iam::000000000000:role/experiments";

interface Journal {
  readonly status: string;
  readonly run: readonly {
    readonly status: string;
    readonly exception?: readonly string[];
    readonly output?: { readonly experiment?: { readonly state?: { readonly status: string } } };
  }[];
}

/** Chaos Toolkit drives FIS with boto3; its scenarios are templates of AWS's console. */
describe("Chaos Toolkit as a client", function () {
  this.timeout(90_000);
  let cloud: Cloud;
  let folder: string;

  before(async function () {
    const found = await runProcess(chaos, ["--version"]);
    if (found.exitCode !== 0) {
      console.log("      Chaos Toolkit is not here (chaos --version fails), so nothing is tried.");
      this.skip();
    }
    cloud = await startCloud();
    folder = await mkdtemp(join(tmpdir(), "outage-drill-chaos-toolkit-"));
  });
  after(async () => {
    await (cloud as Cloud | undefined)?.close();
    if ((folder as string | undefined) !== undefined) await rm(folder, { recursive: true });
  });

  async function run(steps: readonly { func: string; arguments: object }[]): Promise<Journal> {
    const method = steps.map((step, index) => ({
      ...{ type: "action", name: `step-${String(index)}` },
      provider: { type: "python", module: "chaosaws.fis.actions", ...step },
    }));
    const file = join(folder, "experiment.json");
    const experiment = { title: "FIS", description: "FIS", method, rollbacks: [] };
    await writeFile(file, JSON.stringify({ ...experiment, configuration: { aws_region: region } }));
    const journal = join(folder, "journal.json");
    const ended = await runProcess(chaos, ["run", "--journal-path", journal, file], {
      deadlineMs: 80_000,
      env: {
        AWS_ACCESS_KEY_ID: "test",
        AWS_SECRET_ACCESS_KEY: "test",
        AWS_DEFAULT_REGION: region,
        AWS_ENDPOINT_URL: cloud.endpoint,
        CHAOSTOOLKIT_NO_UPDATE_CHECK: "1",
      },
    });
    expect(ended.exitCode, ended.stdout + ended.stderr).to.equal(0);
    return JSON.parse(await readFile(journal, "utf8")) as Journal;
  }
  const region = "us-east-1";
  const statesOf = ({ run: steps }: Journal) =>
    steps.map(({ status, output, exception = [] }) => {
      expect(status, exception.join("")).to.equal("succeeded");
      return output?.experiment?.state;
    });

  it("starts an experiment and stops the experiments of its tags", async () => {
    const { experimentTemplate } = await new FisClient(clientSettings(cloud.endpoint)).send(
      new CreateExperimentTemplateCommand({
        ...{ clientToken: crypto.randomUUID(), description: "x", roleArn },
        stopConditions: [{ source: "none" }],
        actions: { w: { actionId: "aws:fis:wait", parameters: { duration: "PT1M" } } },
      }),
    );
    const journal = await run([
      {
        func: "start_experiment",
        arguments: { experiment_template_id: experimentTemplate?.id, tags: "drill=yes" },
      },
      { func: "stop_experiments_by_tags", arguments: { tags: "drill=yes" } },
    ]);
    expect(journal.status).to.equal("completed");
    expect(statesOf(journal)[0]).to.include({ status: "running" });
  });

  it("runs its scenarios as in an account without such resources, with one client token", async () => {
    const logGroupName = "/chaos/toolkit";
    await new CloudWatchLogsClient(clientSettings(cloud.endpoint)).send(
      new CreateLogGroupCommand({ logGroupName }),
    );
    const log_group_arn = `arn:aws:logs:${region}:000000000000:log-group:${logGroupName}:*`;
    const journal = await run([
      {
        func: "start_stress_pod_delete_scenario",
        arguments: {
          ...{ label_selector: "app=shop", tags: "a=b", role_arn: roleArn, log_group_arn },
          ...{ cluster_identifier: "main", client_token: crypto.randomUUID() },
        },
      },
      {
        func: "start_availability_zone_power_interruption_scenario",
        arguments: {
          ...{ az: "us-east-1a", tags: "a=b", role_arn: "", duration: "PT1M", log_group_arn },
          ...{ client_token: crypto.randomUUID() },
        },
      },
    ]);
    expect(journal.status).to.equal("completed");
    const [pods, zone] = statesOf(journal);
    expect(pods).to.include({
      status: "failed",
      reason: "Target resolution returned empty set.",
    });
    expect(zone).to.include({ status: "completed" });
  });
});
