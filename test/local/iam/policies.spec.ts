import {
  AttachRolePolicyCommand,
  CreatePolicyCommand,
  CreatePolicyVersionCommand,
  CreateRoleCommand,
  DeletePolicyCommand,
  DeletePolicyVersionCommand,
  DetachRolePolicyCommand,
  GetPolicyCommand,
  GetPolicyVersionCommand,
  GetRolePolicyCommand,
  IAMClient,
  ListAttachedRolePoliciesCommand,
  ListEntitiesForPolicyCommand,
  ListPoliciesCommand,
  ListPolicyVersionsCommand,
  ListRolePoliciesCommand,
  PutRolePolicyCommand,
  SetDefaultPolicyVersionCommand,
  TagPolicyCommand,
} from "@aws-sdk/client-iam";
import { expect } from "chai";
import { randomUUID } from "node:crypto";
import { createIamService } from "../../../local/services/iam/iam-service.ts";
import { createIamStore } from "../../../local/services/iam/iam-store.ts";
import { clientSettings } from "../../support/client-settings.ts";
import { failureOf } from "../../support/failure-of.ts";
import { serveServices, type ServedServices } from "../../support/serve-services.ts";

const trustPolicy = JSON.stringify({
  Version: "2012-10-17",
  Statement: {
    Effect: "Allow",
    Principal: { Service: "lambda.amazonaws.com" },
    Action: "sts:AssumeRole",
  },
});
const writePolicy = JSON.stringify({
  Version: "2012-10-17",
  Statement: { Effect: "Allow", Action: "dynamodb:PutItem", Resource: "*" },
});
const basicExecution = "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole";

describe("IAM policies", () => {
  let served: ServedServices;
  let iam: IAMClient;
  before(async () => {
    served = await serveServices([createIamService(createIamStore())]);
    iam = new IAMClient(clientSettings(served.endpoint));
  });
  after(async () => {
    iam.destroy();
    await served.close();
  });

  const unique = (what: string) => `${what}-${randomUUID()}`;

  async function createRole(extra: { Path?: string; MaxSessionDuration?: number } = {}) {
    const RoleName = unique("role");
    const { Role } = await iam.send(
      new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: trustPolicy, ...extra }),
    );
    return { RoleName, Role };
  }

  async function createPolicy() {
    const PolicyName = unique("policy");
    const { Policy } = await iam.send(
      new CreatePolicyCommand({ PolicyName, PolicyDocument: writePolicy, Description: "Writes." }),
    );
    return { PolicyName, PolicyArn: Policy?.Arn ?? "", Policy };
  }

  describe("inline policies", () => {
    it("come back percent-encoded, as they were put", async () => {
      const { RoleName } = await createRole();
      const inline = { RoleName, PolicyName: "write" };
      const document = `${writePolicy.slice(0, -1)} }`;
      await iam.send(new PutRolePolicyCommand({ ...inline, PolicyDocument: document }));
      const read = await iam.send(new GetRolePolicyCommand(inline));
      expect(read.PolicyDocument).to.match(/^%7B%22Version%22/);
      expect(decodeURIComponent(read.PolicyDocument ?? "")).to.equal(document);
      const listed = await iam.send(new ListRolePoliciesCommand({ RoleName }));
      expect(listed.PolicyNames).to.deep.equal(["write"]);
    });

    it("are refused when malformed, too large or not there", async () => {
      const { RoleName } = await createRole();
      const put = (PolicyDocument: string) =>
        failureOf(
          iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: "p", PolicyDocument })),
        );
      const operator = await put(
        writePolicy.replace('"Resource"', '"Condition":{"Odd":{"k":"v"}},"Resource"'),
      );
      expect(operator.name).to.equal("MalformedPolicyDocumentException");
      expect(operator.message).to.equal("Invalid Condition type : Odd.");
      const large = await put(writePolicy.replace('"*"', `"arn:aws:${"x".repeat(10_240)}"`));
      expect(large.name).to.equal("LimitExceededException");
      const gone = await failureOf(
        iam.send(new GetRolePolicyCommand({ RoleName, PolicyName: "p" })),
      );
      expect(gone.message).to.equal("The role policy with name p cannot be found.");
    });
  });

  describe("managed policies", () => {
    it("have versions, one of which holds", async () => {
      const { PolicyArn } = await createPolicy();
      for (let version = 2; version <= 5; version++)
        await iam.send(
          new CreatePolicyVersionCommand({
            PolicyArn,
            PolicyDocument: writePolicy.replace("PutItem", `PutItem${String(version)}`),
            SetAsDefault: version === 5,
          }),
        );
      const listed = await iam.send(new ListPolicyVersionsCommand({ PolicyArn }));
      expect(listed.Versions?.map(({ VersionId }) => VersionId)).to.deep.equal([
        "v5",
        "v4",
        "v3",
        "v2",
        "v1",
      ]);
      const sixth = new CreatePolicyVersionCommand({ PolicyArn, PolicyDocument: writePolicy });
      expect((await failureOf(iam.send(sixth))).name).to.equal("LimitExceededException");
      const drop = (VersionId: string) =>
        iam.send(new DeletePolicyVersionCommand({ PolicyArn, VersionId }));
      expect((await failureOf(drop("v5"))).name).to.equal("DeleteConflictException");
      await drop("v2");
      await iam.send(new SetDefaultPolicyVersionCommand({ PolicyArn, VersionId: "v3" }));
      const { Policy } = await iam.send(new GetPolicyCommand({ PolicyArn }));
      expect(Policy).to.include({ DefaultVersionId: "v3", Description: "Writes." });
      const { PolicyVersion } = await iam.send(
        new GetPolicyVersionCommand({ PolicyArn, VersionId: "v3" }),
      );
      expect(decodeURIComponent(PolicyVersion?.Document ?? "")).to.include("PutItem3");
      expect(PolicyVersion?.IsDefaultVersion).to.equal(true);
      const again = await iam.send(sixth);
      expect(again.PolicyVersion?.VersionId).to.equal("v6");
    });

    it("are attached to roles, and not deleted before they are detached", async () => {
      const { PolicyArn, PolicyName } = await createPolicy();
      const { RoleName, Role } = await createRole();
      await iam.send(new AttachRolePolicyCommand({ RoleName, PolicyArn }));
      const attached = await iam.send(new ListAttachedRolePoliciesCommand({ RoleName }));
      expect(attached.AttachedPolicies).to.deep.equal([{ PolicyName, PolicyArn }]);
      const entities = await iam.send(new ListEntitiesForPolicyCommand({ PolicyArn }));
      expect(entities.PolicyRoles).to.deep.equal([{ RoleName, RoleId: Role?.RoleId }]);
      const { Policies } = await iam.send(
        new ListPoliciesCommand({ Scope: "Local", OnlyAttached: true }),
      );
      expect(Policies?.find(({ Arn }) => Arn === PolicyArn)?.AttachmentCount).to.equal(1);
      const conflict = await failureOf(iam.send(new DeletePolicyCommand({ PolicyArn })));
      expect(conflict.message).to.equal("Cannot delete a policy attached to entities.");
      await iam.send(new DetachRolePolicyCommand({ RoleName, PolicyArn }));
      await iam.send(new DeletePolicyCommand({ PolicyArn }));
      const gone = await failureOf(iam.send(new GetPolicyCommand({ PolicyArn })));
      expect(gone.name).to.equal("NoSuchEntityException");
    });

    it("of AWS are known by name, and cannot be changed", async () => {
      const { Policy } = await iam.send(new GetPolicyCommand({ PolicyArn: basicExecution }));
      expect(Policy).to.include({
        Path: "/service-role/",
        PolicyName: "AWSLambdaBasicExecutionRole",
      });
      const tag = new TagPolicyCommand({
        PolicyArn: basicExecution,
        Tags: [{ Key: "a", Value: "b" }],
      });
      expect((await failureOf(iam.send(tag))).$metadata?.httpStatusCode).to.equal(403);
      const { RoleName } = await createRole();
      const unknown = await failureOf(
        iam.send(
          new AttachRolePolicyCommand({ RoleName, PolicyArn: "arn:aws:iam::aws:policy/NoSuch" }),
        ),
      );
      expect(unknown.name).to.equal("NoSuchEntityException");
    });

    it("are refused twice by name", async () => {
      const { PolicyName } = await createPolicy();
      const failure = await failureOf(
        iam.send(new CreatePolicyCommand({ PolicyName, PolicyDocument: writePolicy })),
      );
      expect(failure.name).to.equal("EntityAlreadyExistsException");
    });
  });
});
