import { readFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import {
  CreateExperimentTemplateCommand,
  type CreateExperimentTemplateCommandInput,
  FisClient,
  StartExperimentCommand,
  StopExperimentCommand,
} from "@aws-sdk/client-fis";
import { expect } from "chai";
import { parse } from "yaml";
import { type Cloud, startCloud } from "../../local/cloud.ts";
import { deploy } from "../../local/deploy/deploy.ts";
import { clientSettings } from "../support/client-settings.ts";
import { runCommand } from "../support/run-command.ts";
import { untilMet } from "../support/until-met.ts";
import { type Instance, instantiateTemplate } from "./instantiate-template.ts";

const PROJECT = fileURLToPath(new URL("../..", import.meta.url));

interface Outputs {
  readonly url: string;
  readonly tableName: string;
  readonly queueUrl: string;
}

describe("the template write-buffer", function () {
  this.timeout(60_000);

  let project: Instance;
  let cloud: Cloud;
  let outputs: Outputs;

  before(async () => {
    project = await instantiateTemplate("write-buffer", "corner-shop");
    cloud = await startCloud();
    ({ outputs } = await deploy<Outputs>({
      programUrl: new URL("index.ts", project.url),
      stack: "local",
      endpoint: cloud.endpoint,
    }));
  });
  after(async () => {
    await cloud.close();
    await project[Symbol.asyncDispose]();
  });

  const post = (body: string) => fetch(`${outputs.url}/orders`, { method: "POST", body });
  const get = (id: string) => fetch(`${outputs.url}/orders?id=${id}`);

  it("says to Pulumi what it is, and nothing of it is left in what it gives", async () => {
    const source = await readFile(path.join(PROJECT, "templates/write-buffer/Pulumi.yaml"), "utf8");
    const { name, description, template } = parse(source) as Record<string, unknown>;
    expect({ name, description }).to.deep.equal({
      name: "${PROJECT}",
      description: "${DESCRIPTION}",
    });
    expect(template).to.have.keys("displayName", "description");
    const given = JSON.parse(
      await readFile(path.join(project.directory, "package.json"), "utf8"),
    ) as { name: string };
    expect(given.name).to.equal("corner-shop");
    expect(outputs.tableName).to.equal("corner-shop-local-orders");
  });

  it("names packages that are there, in versions that this project is tried with", async () => {
    const read = async (folder: string) =>
      JSON.parse(await readFile(path.join(folder, "package.json"), "utf8")) as Record<
        string,
        Record<string, string>
      > & { version: string };
    const [own, given] = await Promise.all([read(PROJECT), read(project.directory)]);
    const versions: Record<string, string> = {
      ...own.dependencies,
      ...own.devDependencies,
      "outage-drill": own.version,
    };
    for (const [name, range] of Object.entries({
      ...given.dependencies,
      ...given.devDependencies,
    }))
      expect(range, name).to.equal(`^${versions[name] ?? "nothing"}`);
  });

  it("has no type error", async () => {
    const { exitCode, output } = await runCommand(
      process.execPath,
      [
        path.join(PROJECT, "node_modules/typescript/bin/tsc"),
        ...["--ignoreConfig", "--noEmit", "--strict", "--noUncheckedIndexedAccess"],
        ...["--erasableSyntaxOnly", "--verbatimModuleSyntax", "--allowImportingTsExtensions"],
        ...["--skipLibCheck", "--target", "esnext", "--module", "nodenext", "--types", "node"],
        ...["index.ts", "functions/orders.ts", "functions/apply-order.ts"],
      ],
      { cwd: project.directory, env: process.env, timeoutMs: 50_000 },
    );
    expect(output).to.equal("");
    expect(exitCode).to.equal(0);
  });

  it("stores an order and gives it back", async () => {
    expect((await post('{"id":"o-1","item":"tea"}')).status).to.equal(200);
    expect(await (await get("o-1")).json()).to.deep.equal({ id: "o-1", item: "tea" });
    expect((await get("o-0")).status).to.equal(404);
  });

  for (const [what, body] of Object.entries({
    "no JSON": "tea",
    "no order": "[]",
    "an empty id": '{"id":"","item":"tea"}',
    "an id that is too long": JSON.stringify({ id: "o".repeat(2_049), item: "tea" }),
    "no item": '{"id":"o-2"}',
    "a lone surrogate": '{"id":"o-2","item":"\\ud800"}',
  }))
    it(`refuses ${what} with 400`, async () => {
      const answer = await post(body);
      expect(answer.status).to.equal(400);
      expect(await answer.text()).to.match(/./);
    });

  it("keeps an order while the table fails, and stores it afterwards", async () => {
    const fis = new FisClient(clientSettings(cloud.endpoint));
    const template = JSON.parse(
      await readFile(path.join(project.directory, "drill/table-outage.json"), "utf8"),
    ) as CreateExperimentTemplateCommandInput;
    const { experimentTemplate } = await fis.send(new CreateExperimentTemplateCommand(template));
    const { experiment } = await fis.send(
      new StartExperimentCommand({ experimentTemplateId: experimentTemplate?.id }),
    );
    await untilMet("reads fail", async () => ((await get("o-1")).status === 503 ? 1 : undefined));
    expect((await post('{"id":"o-3","item":"coffee"}')).status).to.equal(202);
    await fis.send(new StopExperimentCommand({ id: experiment?.id }));
    const found = await untilMet("the order is stored", async () => {
      const answer = await get("o-3");
      return answer.status === 200 ? answer.json() : undefined;
    });
    expect(found).to.deep.equal({ id: "o-3", item: "coffee" });
  });
});
