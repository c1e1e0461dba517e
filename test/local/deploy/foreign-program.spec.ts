import { expect } from "chai";
import { startCloud, type Cloud } from "../../../local/cloud.ts";
import { startDeployProcess } from "../../../local/deploy/deploy-apart.ts";
import { stackToDeploy } from "../../../local/deploy/stack-to-deploy.ts";
import { failureOf } from "../../support/failure-of.ts";
import { type ForeignProgram, foreignProgram, installOwnSdk } from "./foreign-program.ts";

describe("a program outside of this repository", function () {
  this.timeout(30_000);
  let cloud: Cloud;
  before(async () => {
    cloud = await startCloud();
  });
  after(() => cloud.close());

  async function deployed(program: ForeignProgram, config: Record<string, string> = {}) {
    const deployment = startDeployProcess(program.url);
    try {
      return await deployment.deploy<Record<string, unknown>>({
        programUrl: program.url,
        stack: stackToDeploy(program.url),
        endpoint: cloud.endpoint,
        config,
      });
    } finally {
      await deployment.close();
    }
  }
  const messageOf = async (files: Readonly<Record<string, string>>) => {
    await using program = await foreignProgram(files);
    return (await failureOf(deployed(program))).message.replaceAll(program.folder, "DIR");
  };
  const project = "name: foreign\nruntime: nodejs\n";

  it("runs on the SDK that it brings, in its own folder", async () => {
    await using program = await foreignProgram({
      "Pulumi.yaml": project,
      "index.js": `
        const pulumi = require("@pulumi/pulumi");
        const queue = new pulumi.CustomResource("aws:sqs/queue:Queue", "jobs", { url: undefined, name: "foreign" });
        module.exports = async () => ({
          version: require("@pulumi/pulumi/version").version,
          stack: pulumi.getStack(),
          folder: process.cwd(),
          url: queue.url,
        });`,
      "Pulumi.only.yaml": "config: {}\n",
    });
    await installOwnSdk(program.folder, "3.99.0");
    const { outputs, resources } = await deployed(program);
    expect(outputs).to.deep.include({ version: "3.99.0", stack: "only", folder: program.folder });
    expect(outputs["url"]).to.match(/\/000000000000\/foreign$/);
    expect(resources.map(({ name }) => name)).to.deep.equal(["jobs"]);
  });

  it("names every configuration key without a value, and what else is in the way", async () => {
    await using program = await foreignProgram({
      "Pulumi.yaml": project,
      "index.js": `
        const pulumi = require("@pulumi/pulumi");
        const config = new pulumi.Config();
        const one = config.require("one");
        const flag = config.requireBoolean("flag");
        const many = new pulumi.Config("other").requireNumber("many");
        new pulumi.CustomResource("aws:ec2/vpc:Vpc", "network", { one, flag, many });`,
    });
    await installOwnSdk(program.folder, "3.99.0");
    const needs = (key: string) =>
      `The program needs a value for the configuration key ${key}: give it with --config ${key}=VALUE.`;
    expect((await failureOf(deployed(program))).message.split("\n")).to.deep.equal([
      needs("foreign:one"),
      needs("foreign:flag"),
      needs("other:many"),
      "Resource network (aws:ec2/vpc:Vpc): the in-process engine does not know this type of resource.",
    ]);
  });

  it("is refused in a sentence where it cannot run", async () => {
    expect(await messageOf({})).to.equal(
      "There is no Pulumi.yaml in DIR: give the folder of a Pulumi program.",
    );
    expect(await messageOf({ "Pulumi.yaml": "name: p\nruntime: python\n" })).to.equal(
      "The program in DIR has the runtime python, and the in-process engine runs nodejs programs: " +
        "use the Pulumi CLI (pulumi up).",
    );
    expect(await messageOf({ "Pulumi.yaml": project })).to.equal(
      "The program in DIR has no entry module: there is no index.ts or index.js in DIR.",
    );
    expect(await messageOf({ "Pulumi.yaml": `${project}main: app.ts\n` })).to.equal(
      "The program in DIR has no entry module: there is no app.ts in DIR.",
    );
    expect(await messageOf({ "Pulumi.yaml": project, "index.ts": "" })).to.equal(
      "The program in DIR finds no @pulumi/pulumi: install its packages there first (npm install).",
    );
  });

  it("is told of a package that is not installed, and of TypeScript that is none", async () => {
    await using program = await foreignProgram({
      "Pulumi.yaml": project,
      "index.ts": `import * as eks from "@pulumi/eks";\nexport const it = eks;`,
    });
    await installOwnSdk(program.folder, "3.99.0");
    expect((await failureOf(deployed(program))).message).to.equal(
      `The program needs @pulumi/eks, which is not installed: install its packages in ${program.folder} ` +
        "first (npm install).",
    );
    await using broken = await foreignProgram({
      "Pulumi.yaml": project,
      "index.ts": `const a = 1;\nconst b = ;`,
    });
    await installOwnSdk(broken.folder, "3.99.0");
    expect((await failureOf(deployed(broken))).message).to.equal(
      `${broken.folder}/index.ts:2: Expression expected.`,
    );
  });

  const endings: readonly (readonly [what: string, code: string, said: RegExp])[] = [
    [
      "a function that cannot be bundled",
      `const code = require("esbuild").build({ entryPoints: ["handler.ts"], logLevel: "silent" });
       new pulumi.CustomResource("aws:sqs/queue:Queue", "jobs", { name: code.then(() => "jobs") });`,
      /Could not resolve "handler\.ts"/,
    ],
    [
      "an error that is thrown later, where nobody catches it",
      `setTimeout(() => { throw new Error("nobody listens"); });
       module.exports = () => new Promise(() => {});`,
      /nobody listens/,
    ],
    [
      "the program, which ended its process",
      `process.exit(7);`,
      /^The program ended its process with exit code 7 before it was deployed\.$/,
    ],
  ];
  for (const [what, code, said] of endings)
    it(`is told of ${what}`, async () => {
      await using program = await foreignProgram({
        "Pulumi.yaml": project,
        "index.js": `const pulumi = require("@pulumi/pulumi");\n${code}`,
      });
      await installOwnSdk(program.folder, "3.99.0");
      expect((await failureOf(deployed(program))).message).to.match(said);
    });
});
