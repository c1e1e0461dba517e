import {
  CreateExperimentTemplateCommand,
  DeleteExperimentTemplateCommand,
  GetExperimentTemplateCommand,
  ListExperimentTemplatesCommand,
  ResourceNotFoundException,
  UpdateExperimentTemplateCommand,
} from "@aws-sdk/client-fis";
import { expect } from "chai";
import { rejection } from "./rejection.ts";
import { startFis, type StartedFis } from "./start-fis.ts";
import { createTemplate } from "./start-template.ts";
import { template } from "./template-body.ts";
import { templateInput, tutorialTemplate } from "./template-input.ts";

const doNothing = { nothing: { actionId: "localstack:do-nothing" } };

describe("FIS experiment templates", () => {
  let fis: StartedFis;
  beforeEach(async () => {
    fis = await startFis();
  });
  afterEach(() => fis[Symbol.asyncDispose]());

  for (const name of ["experiment-ddb", "latency-experiment"] as const)
    it(`takes the tutorial's ${name}.json as it is and answers it back`, async () => {
      const input = tutorialTemplate(name);
      const created = await fis.client.send(new CreateExperimentTemplateCommand(input));
      const id = created.experimentTemplate?.id ?? "";
      expect(id).to.match(/^EXT[0-9A-Za-z]{14}$/);
      expect(created.experimentTemplate).to.deep.include({
        description: input.description,
        actions: input.actions,
        stopConditions: input.stopConditions,
        roleArn: input.roleArn,
        experimentOptions: {
          accountTargeting: "single-account",
          emptyTargetResolutionMode: "fail",
        },
      });
      expect(created.experimentTemplate?.creationTime).to.be.instanceOf(Date);
      const got = await fis.client.send(new GetExperimentTemplateCommand({ id }));
      expect(got.experimentTemplate).to.deep.equal(created.experimentTemplate);
      // The SDK of this version drops the ARN.
      expect((await fis.send("GET", `/experimentTemplates/${id}`)).body).to.have.nested.property(
        "experimentTemplate.arn",
        `arn:aws:fis:us-east-1:000000000000:experiment-template/${id}`,
      );
    });

  it("changes what an update gives and keeps the rest", async () => {
    const id = await createTemplate(fis.client, templateInput(doNothing, { tags: { a: "1" } }));
    const wait = { wait: { actionId: "aws:fis:wait", parameters: { duration: "PT1M" } } };
    const { experimentTemplate } = await fis.client.send(
      new UpdateExperimentTemplateCommand({
        id,
        actions: wait,
        experimentOptions: { emptyTargetResolutionMode: "skip" },
      }),
    );
    expect(experimentTemplate).to.deep.include({
      description: "A template of a test",
      tags: { a: "1" },
      actions: wait,
    });
    expect(experimentTemplate?.experimentOptions?.emptyTargetResolutionMode).to.equal("skip");
  });

  it("keeps a template as it was when an update is not valid", async () => {
    const id = await createTemplate(fis.client, templateInput(doNothing));
    const update = { id, description: "new", actions: { x: { actionId: "aws:fis:nonsense" } } };
    const error = await rejection(fis.client.send(new UpdateExperimentTemplateCommand(update)));
    expect(error).to.be.instanceOf(ResourceNotFoundException);
    const { experimentTemplate } = await fis.client.send(new GetExperimentTemplateCommand({ id }));
    expect(experimentTemplate?.description).to.equal("A template of a test");
  });

  it("answers the deleted template, and afterwards that it is not there", async () => {
    const id = await createTemplate(fis.client, templateInput(doNothing));
    const { experimentTemplate } = await fis.client.send(
      new DeleteExperimentTemplateCommand({ id }),
    );
    expect(experimentTemplate?.id).to.equal(id);
    const error = await rejection(fis.client.send(new GetExperimentTemplateCommand({ id })));
    expect(error).to.be.instanceOf(ResourceNotFoundException);
    expect(error).to.have.property("message", `Experiment template ${id} not found.`);
    expect(error).to.have.nested.property("$metadata.httpStatusCode", 404);
  });

  it("lists templates in pages, also when those of a page are deleted before the next", async () => {
    const ids: string[] = [];
    for (let index = 0; index < 5; index++)
      ids.push(await createTemplate(fis.client, templateInput(doNothing)));
    const seen: string[] = [];
    let nextToken: string | undefined;
    do {
      const page = await fis.client.send(
        new ListExperimentTemplatesCommand({ maxResults: 2, nextToken }),
      );
      for (const { id = "" } of page.experimentTemplates ?? []) {
        seen.push(id);
        await fis.client.send(new DeleteExperimentTemplateCommand({ id }));
      }
      nextToken = page.nextToken;
    } while (nextToken !== undefined);
    expect(seen).to.deep.equal(ids);
  });

  it("keeps the templates of regions apart", async () => {
    const id = await createTemplate(fis.client, templateInput(doNothing));
    const elsewhere = fis.clientIn("eu-west-1");
    const list = await elsewhere.send(new ListExperimentTemplatesCommand({}));
    expect(list.experimentTemplates).to.be.empty;
    const error = await rejection(elsewhere.send(new GetExperimentTemplateCommand({ id })));
    expect(error).to.be.instanceOf(ResourceNotFoundException);
  });

  it("creates one template for one client token, and refuses it for another", async () => {
    const input = templateInput(doNothing, { clientToken: "token-1" });
    const first = await createTemplate(fis.client, input);
    expect(await createTemplate(fis.client, input)).to.equal(first);
    const error = await rejection(createTemplate(fis.client, { ...input, description: "other" }));
    expect(error).to.include({ name: "ConflictException" });
    expect(error).to.have.nested.property("$metadata.httpStatusCode", 409);
  });

  it("are taken with durations that AWS refuses, which the log says", async () => {
    const wait = (duration: string) => ({ actionId: "aws:fis:wait", parameters: { duration } });
    const body = template({ actions: { short: wait("PT5S"), long: wait("PT1M") } });
    expect(await fis.send("POST", "/experimentTemplates", body)).to.include({ status: 200 });
    expect(
      fis.log
        .filter(({ event }) => event === "fis-duration-below-minimum")
        .map(({ action, problem }) => ({ action, problem })),
    ).to.deep.equal([
      { action: "short", problem: "duration is PT5S: AWS refuses less than PT1M." },
    ]);
  });

  it("are refused by name with reports, which nobody would write", async () => {
    const report = { outputs: { s3Configuration: { bucketName: "bucket" } } };
    const { status, body } = await fis.send(
      "POST",
      "/experimentTemplates",
      template({ experimentReportConfiguration: report }),
    );
    expect(status).to.equal(400);
    expect(body).to.have.property("message").that.includes("experimentReportConfiguration");
  });
});
