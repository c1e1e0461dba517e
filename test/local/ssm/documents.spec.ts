import {
  AddTagsToResourceCommand,
  CreateDocumentCommand,
  DeleteDocumentCommand,
  DescribeDocumentCommand,
  DescribeDocumentPermissionCommand,
  GetDocumentCommand,
  ListDocumentsCommand,
  ListTagsForResourceCommand,
  RemoveTagsFromResourceCommand,
  UpdateDocumentCommand,
  UpdateDocumentDefaultVersionCommand,
} from "@aws-sdk/client-ssm";
import { expect } from "chai";
import { randomUUID } from "node:crypto";
import { failureOf } from "../../support/failure-of.ts";
import { type Account, startAccount } from "./start-account.ts";

const hold = (Duration = "PT1S") => ({ name: "Hold", action: "aws:sleep", inputs: { Duration } });
const content = (...mainSteps: object[]) => JSON.stringify({ schemaVersion: "0.3", mainSteps });

describe("Automation runbooks", () => {
  let account: Account;

  before(async () => {
    account = await startAccount();
  });

  after(() => account[Symbol.asyncDispose]());

  const create = (Content: string, Name = `runbook-${randomUUID()}`) =>
    account.ssm.send(
      new CreateDocumentCommand({
        Name,
        Content,
        DocumentType: "Automation",
        Tags: [{ Key: "team", Value: "red" }],
      }),
    );

  it("are created, described, listed and deleted", async () => {
    const { DocumentDescription } = await create(content(hold()));
    const Name = DocumentDescription?.Name ?? "";
    expect(DocumentDescription).to.deep.include({
      Status: "Active",
      DocumentVersion: "1",
      DefaultVersion: "1",
      LatestVersion: "1",
      DocumentFormat: "JSON",
      DocumentType: "Automation",
      SchemaVersion: "0.3",
      Owner: "000000000000",
    });
    const found = await account.ssm.send(new GetDocumentCommand({ Name }));
    expect(found.Content).to.equal(content(hold()));
    expect((await failureOf(create(content(hold()), Name))).name).to.equal("DocumentAlreadyExists");
    const { DocumentIdentifiers = [] } = await account.ssm.send(
      new ListDocumentsCommand({ Filters: [{ Key: "Name", Values: [Name] }] }),
    );
    expect(DocumentIdentifiers.map((each) => each.Name)).to.deep.equal([Name]);
    const permission = await account.ssm.send(
      new DescribeDocumentPermissionCommand({ Name, PermissionType: "Share" }),
    );
    expect(permission.AccountIds).to.deep.equal([]);
    await account.ssm.send(new DeleteDocumentCommand({ Name }));
    expect(
      (await failureOf(account.ssm.send(new DescribeDocumentCommand({ Name })))).name,
    ).to.equal("InvalidDocument");
  });

  it("have versions, of which one is the default", async () => {
    const { DocumentDescription } = await create(content(hold("PT1S")));
    const Name = DocumentDescription?.Name ?? "";
    const update = (Duration: string) =>
      account.ssm.send(
        new UpdateDocumentCommand({
          Name,
          Content: content(hold(Duration)),
          DocumentVersion: "$LATEST",
        }),
      );
    expect((await update("PT2S")).DocumentDescription?.DocumentVersion).to.equal("2");
    expect((await failureOf(update("PT2S"))).name).to.equal("DuplicateDocumentContent");
    const contentOf = async (DocumentVersion?: string) =>
      (await account.ssm.send(new GetDocumentCommand({ Name, DocumentVersion }))).Content;
    expect(await contentOf()).to.equal(content(hold("PT1S")));
    expect(await contentOf("$LATEST")).to.equal(content(hold("PT2S")));
    await account.ssm.send(new UpdateDocumentDefaultVersionCommand({ Name, DocumentVersion: "2" }));
    expect(await contentOf()).to.equal(content(hold("PT2S")));
    expect((await failureOf(contentOf("3"))).name).to.equal("InvalidDocumentVersion");
  });

  it("have tags", async () => {
    const { DocumentDescription } = await create(content(hold()));
    const resource = {
      ResourceType: "Document",
      ResourceId: DocumentDescription?.Name ?? "",
    } as const;
    await account.ssm.send(
      new AddTagsToResourceCommand({ ...resource, Tags: [{ Key: "FIS-Ready", Value: "true" }] }),
    );
    await account.ssm.send(new RemoveTagsFromResourceCommand({ ...resource, TagKeys: ["team"] }));
    const { TagList } = await account.ssm.send(new ListTagsForResourceCommand(resource));
    expect(TagList).to.deep.equal([{ Key: "FIS-Ready", Value: "true" }]);
  });

  const call = (more: object = {}) => ({
    name: "Call",
    action: "aws:executeAwsApi",
    inputs: { Service: "dynamodb", Api: "ListTables" },
    ...more,
  });
  const refused: [string, string, string][] = [
    [
      "a script",
      content({ name: "Script", action: "aws:executeScript", inputs: {} }),
      "Step Script (aws:executeScript): this action is not run here, where runbooks have aws:executeAwsApi and aws:sleep.",
    ],
    [
      "a service that it cannot call",
      content(call({ inputs: { Service: "ec2", Api: "RunInstances" } })),
      "Step Call (aws:executeAwsApi): runbooks here call apigateway, apigatewayv2, dynamodb, events, fis, iam, kms, lambda, logs, monitoring, s3, sns, sqs, ssm, sts, not ec2.",
    ],
    [
      "a step that is not there",
      content(call({ onFailure: "step:Undo" })),
      "Step Call (aws:executeAwsApi): onFailure must be Abort, Continue or step: and the name of a step, not step:Undo.",
    ],
    [
      "a way out of a cancellation that is not there",
      content(call({ onCancel: "Continue" })),
      "Step Call (aws:executeAwsApi): onCancel must be Abort or step: and the name of a step, not Continue.",
    ],
    [
      "a value that nobody gives",
      content(hold("{{ Duration }}")),
      "Step Hold (aws:sleep): it refers to Duration, which no parameter or earlier step has.",
    ],
    [
      "a selector of another form",
      content(call({ outputs: [{ Name: "All", Selector: "$..Name", Type: "String" }] })),
      "Step Call (aws:executeAwsApi): the selector $..Name is not of the form $.Member[0].Member.",
    ],
    [
      "two steps of one name",
      content(hold(), hold()),
      "Two steps have the name Hold; give each its own.",
    ],
    [
      "a property that is not known",
      content({ ...hold(), onTimeout: "Abort" }),
      "mainSteps[0] has a member that is not known: onTimeout.",
    ],
    ["what is not JSON", "{", "The content is not JSON: "],
    [
      "another schema",
      JSON.stringify({ schemaVersion: "2.2", mainSteps: [hold()] }),
      "schemaVersion must be 0.3",
    ],
  ];
  for (const [what, text, message] of refused)
    it(`cannot have ${what}`, async () => {
      const failure = await failureOf(create(text));
      expect(failure.name).to.equal("InvalidDocumentContent");
      expect(failure.message).to.contain(message);
    });
});
