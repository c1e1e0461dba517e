import {
  StartExperimentCommand,
  type CreateExperimentTemplateTargetInput,
} from "@aws-sdk/client-fis";
import { expect } from "chai";
import { startFis, type StartedFis } from "./start-fis.ts";
import { createTemplate, startTemplate } from "./start-template.ts";
import { templateInput } from "./template-input.ts";

const arn = (name: string) => `arn:aws:iam::000000000000:role/${name}`;
const roles = ["a", "b", "c", "d"].map((name) => ({
  arn: arn(name),
  tags: { app: "products", name } as Record<string, string>,
}));

function template(target: Partial<CreateExperimentTemplateTargetInput>, skip = false) {
  return templateInput(
    {
      fault: {
        actionId: "aws:fis:inject-api-internal-error",
        parameters: { service: "dynamodb", operations: "all", duration: "PT1M" },
        targets: { Roles: "functions" },
      },
    },
    {
      targets: { functions: { resourceType: "aws:iam:role", selectionMode: "ALL", ...target } },
      experimentOptions: { emptyTargetResolutionMode: skip ? "skip" : "fail" },
    },
  );
}

describe("FIS targets", () => {
  let fis: StartedFis;
  beforeEach(async () => {
    fis = await startFis({ listRoles: () => roles, random: () => 0 });
  });
  afterEach(() => fis[Symbol.asyncDispose]());

  const hitRoles = () => fis.store.rules[0]?.match.roleArns;

  it("are the roles with all the tags", async () => {
    await startTemplate(fis.client, template({ resourceTags: { app: "products", name: "b" } }));
    expect(hitRoles()).to.deep.equal([arn("b")]);
  });

  const modes: [mode: string, count: number][] = [
    ["ALL", 4],
    ["COUNT(2)", 2],
    ["COUNT(9)", 4],
    ["PERCENT(50)", 2],
    ["PERCENT(49)", 1],
  ];
  for (const [selectionMode, count] of modes)
    it(`are ${String(count)} of 4 roles for ${selectionMode}`, async () => {
      await startTemplate(
        fis.client,
        template({ resourceTags: { app: "products" }, selectionMode }),
      );
      expect(hitRoles()).to.have.length(count);
    });

  it("are listed with the experiment", async () => {
    const { id } = await startTemplate(fis.client, template({ resourceArns: [arn("c")] }));
    expect((await fis.send("GET", `/experiments/${id}/resolvedTargets`)).body).to.deep.equal({
      resolvedTargets: [
        {
          resourceType: "aws:iam:role",
          targetName: "functions",
          targetInformation: { arn: arn("c") },
        },
      ],
    });
    const other = await fis.send("GET", `/experiments/${id}/resolvedTargets?targetName=x`);
    expect(other.body).to.deep.equal({ resolvedTargets: [] });
  });

  it("that are not there fail the experiment", async () => {
    const experiment = await startTemplate(
      fis.client,
      template({ resourceArns: [arn("nobody")] }, true),
    );
    expect(experiment.state).to.deep.include({
      status: "failed",
      reason: `Target functions names a role that is not there: ${arn("nobody")}.`,
    });
    expect(experiment.actions?.["fault"]?.state?.status).to.equal("cancelled");
  });

  it("that are none fail the experiment by default", async () => {
    const experiment = await startTemplate(fis.client, template({ resourceTags: { app: "x" } }));
    expect(experiment.state).to.deep.include({
      status: "failed",
      reason: "Target resolution returned empty set.",
    });
  });

  it("that are none skip their action where the template says so", async () => {
    const experiment = await startTemplate(
      fis.client,
      template({ resourceTags: { app: "x" } }, true),
    );
    expect(experiment.state?.status).to.equal("completed");
    expect(experiment.actions?.["fault"]?.state?.status).to.equal("skipped");
    expect(fis.store.rules).to.be.empty;
  });

  it("are resolved and nothing else happens when all actions are skipped", async () => {
    const experimentTemplateId = await createTemplate(
      fis.client,
      template({ resourceArns: [arn("a")] }),
    );
    const { status, body } = await fis.send("POST", "/experiments", {
      experimentTemplateId,
      experimentOptions: { actionsMode: "skip-all" },
    });
    expect(status).to.equal(200);
    expect(body).to.have.nested.property("experiment.actions.fault.state.status", "skipped");
    expect(fis.store.rules).to.be.empty;
  });

  it("are taken as they are where the roles are not known", async () => {
    const alone = await startFis();
    try {
      const experimentTemplateId = await createTemplate(
        alone.client,
        template({ resourceArns: [arn("nobody")] }),
      );
      const { experiment } = await alone.client.send(
        new StartExperimentCommand({ experimentTemplateId, clientToken: undefined }),
      );
      expect(experiment?.state?.status).to.equal("running");
    } finally {
      await alone[Symbol.asyncDispose]();
    }
  });

  it("can be of the types that are listed", async () => {
    const { body } = await fis.send("GET", "/targetResourceTypes");
    expect(body).to.have.property("targetResourceTypes").with.length(25);
    const one = await fis.send("GET", "/targetResourceTypes/aws%3Aiam%3Arole");
    expect(one.body).to.have.nested.property("targetResourceType.resourceType", "aws:iam:role");
    const pods = await fis.send("GET", "/targetResourceTypes/aws%3Aeks%3Apod");
    expect(pods.body).to.have.nested.property(
      "targetResourceType.parameters.namespace.required",
      true,
    );
    expect(await fis.send("GET", "/targetResourceTypes/aws%3Aec2%3Ainstances")).to.deep.equal({
      status: 404,
      body: { message: "Target resource type aws:ec2:instances not found." },
    });
  });
});
