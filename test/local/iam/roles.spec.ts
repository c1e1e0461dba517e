import {
  AttachRolePolicyCommand,
  CreateRoleCommand,
  DeleteRoleCommand,
  DeleteRolePolicyCommand,
  DetachRolePolicyCommand,
  GetRoleCommand,
  GetUserCommand,
  IAMClient,
  ListInstanceProfilesForRoleCommand,
  ListRoleTagsCommand,
  ListRolesCommand,
  paginateListRoles,
  PutRolePolicyCommand,
  TagRoleCommand,
  UntagRoleCommand,
  UpdateAssumeRolePolicyCommand,
  UpdateRoleCommand,
  UpdateRoleDescriptionCommand,
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

describe("IAM roles", () => {
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

  it("come back as they were made", async () => {
    const { RoleName, Role } = await createRole({ Path: "/team/", MaxSessionDuration: 7200 });
    expect(Role?.Arn).to.equal(`arn:aws:iam::000000000000:role/team/${RoleName}`);
    expect(Role?.RoleId).to.match(/^AROA[A-Z2-7]{17}$/);
    const { Role: read } = await iam.send(new GetRoleCommand({ RoleName }));
    expect(decodeURIComponent(read?.AssumeRolePolicyDocument ?? "")).to.equal(trustPolicy);
    expect(read?.MaxSessionDuration).to.equal(7200);
    expect(read?.CreateDate).to.be.instanceOf(Date);
    expect(read?.Path).to.equal("/team/");
  });

  it("are listed page by page", async () => {
    await createRole({ Path: "/paged/" });
    await createRole({ Path: "/paged/" });
    await createRole({ Path: "/paged/" });
    const sizes: (number | undefined)[] = [];
    for await (const page of paginateListRoles(
      { client: iam, pageSize: 2 },
      { PathPrefix: "/paged/" },
    ))
      sizes.push(page.Roles?.length);
    expect(sizes).to.deep.equal([2, 1]);
    const failure = await failureOf(iam.send(new ListRolesCommand({ Marker: "nonsense" })));
    expect(failure.name).to.equal("InvalidInputException");
  });

  it("change their description, session duration and trust", async () => {
    const { RoleName } = await createRole();
    const Description = 'Writes <products> & "more"';
    await iam.send(new UpdateRoleDescriptionCommand({ RoleName, Description }));
    await iam.send(new UpdateRoleCommand({ RoleName, MaxSessionDuration: 3600 * 3 }));
    const everyone = trustPolicy.replace("lambda", "fis");
    await iam.send(new UpdateAssumeRolePolicyCommand({ RoleName, PolicyDocument: everyone }));
    const { Role } = await iam.send(new GetRoleCommand({ RoleName }));
    expect(Role).to.include({ Description, MaxSessionDuration: 10_800 });
    expect(decodeURIComponent(Role?.AssumeRolePolicyDocument ?? "")).to.equal(everyone);
  });

  it("have tags", async () => {
    const RoleName = unique("tagged");
    const tag = { Key: "team", Value: "red @ blue" };
    await iam.send(
      new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: trustPolicy, Tags: [tag] }),
    );
    await iam.send(new TagRoleCommand({ RoleName, Tags: [{ Key: "stage", Value: "dev" }] }));
    const listed = await iam.send(new ListRoleTagsCommand({ RoleName }));
    expect(listed.Tags).to.deep.equal([tag, { Key: "stage", Value: "dev" }]);
    await iam.send(new UntagRoleCommand({ RoleName, TagKeys: ["stage"] }));
    const { Role } = await iam.send(new GetRoleCommand({ RoleName }));
    expect(Role?.Tags).to.deep.equal([tag]);
  });

  it("are in no instance profile", async () => {
    const { RoleName } = await createRole();
    const listed = await iam.send(new ListInstanceProfilesForRoleCommand({ RoleName }));
    expect(listed.InstanceProfiles).to.deep.equal([]);
  });

  it("are refused twice, also when the name differs by case only", async () => {
    const { RoleName } = await createRole();
    for (const name of [RoleName, RoleName.toUpperCase()]) {
      const failure = await failureOf(
        iam.send(new CreateRoleCommand({ RoleName: name, AssumeRolePolicyDocument: trustPolicy })),
      );
      expect(failure.name).to.equal("EntityAlreadyExistsException");
      expect(failure.$metadata?.httpStatusCode).to.equal(409);
    }
  });

  it("that are not there are NoSuchEntity", async () => {
    const failure = await failureOf(iam.send(new GetRoleCommand({ RoleName: "nobody" })));
    expect(failure.name).to.equal("NoSuchEntityException");
    expect(failure.message).to.equal("The role with name nobody cannot be found.");
    expect(failure.$metadata?.httpStatusCode).to.equal(404);
  });

  it("are refused with a bad name, a bad trust policy or a permissions boundary", async () => {
    const bad = async (extra: object) =>
      failureOf(
        iam.send(
          new CreateRoleCommand({
            RoleName: unique("bad"),
            AssumeRolePolicyDocument: trustPolicy,
            ...extra,
          }),
        ),
      );
    const name = await bad({ RoleName: "a b" });
    expect(name.name).to.equal("ValidationError");
    expect(name.message).to.include("at 'roleName' failed to satisfy constraint");
    const control = await bad({ RoleName: "a\u0001" });
    expect(control.message).to.include("Value 'a\ufffd' at");
    const policy = await bad({ AssumeRolePolicyDocument: "{" });
    expect(policy.name).to.equal("MalformedPolicyDocumentException");
    const boundary = await bad({ PermissionsBoundary: basicExecution });
    expect(boundary.message).to.equal("PermissionsBoundary is not emulated; leave it out.");
    const trust = {
      Version: "2012-10-17",
      Statement: Array(30).fill(JSON.parse(trustPolicy).Statement),
    };
    const large = await bad({ AssumeRolePolicyDocument: JSON.stringify(trust) });
    expect(large.name).to.equal("LimitExceededException");
  });

  it("keep their policies when a deletion is refused", async () => {
    const { RoleName } = await createRole();
    const inline = { RoleName, PolicyName: "write" };
    await iam.send(new PutRolePolicyCommand({ ...inline, PolicyDocument: writePolicy }));
    const first = await failureOf(iam.send(new DeleteRoleCommand({ RoleName })));
    expect(first.name).to.equal("DeleteConflictException");
    expect(first.message).to.equal("Cannot delete entity, must delete policies first.");
    await iam.send(new DeleteRolePolicyCommand(inline));
    await iam.send(new AttachRolePolicyCommand({ RoleName, PolicyArn: basicExecution }));
    const second = await failureOf(iam.send(new DeleteRoleCommand({ RoleName })));
    expect(second.message).to.equal("Cannot delete entity, must detach all policies first.");
    expect(second.$metadata?.httpStatusCode).to.equal(409);
    await iam.send(new DetachRolePolicyCommand({ RoleName, PolicyArn: basicExecution }));
    await iam.send(new DeleteRoleCommand({ RoleName }));
    const gone = await failureOf(iam.send(new GetRoleCommand({ RoleName })));
    expect(gone.name).to.equal("NoSuchEntityException");
  });

  it("answers the account's root for a caller with test keys", async () => {
    const { User } = await iam.send(new GetUserCommand({}));
    expect(User?.Arn).to.equal("arn:aws:iam::000000000000:root");
    const other = await failureOf(iam.send(new GetUserCommand({ UserName: "jane" })));
    expect(other.name).to.equal("NoSuchEntityException");
  });

  it("refuses a call without what it must have", async () => {
    const answer = await fetch(served.endpoint, {
      method: "POST",
      headers: {
        "content-type": "application/x-www-form-urlencoded",
        authorization:
          "AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/iam/aws4_request, SignedHeaders=host, Signature=0",
      },
      body: "Action=GetRole&Version=2010-05-08",
    });
    expect(answer.status).to.equal(400);
    expect(await answer.text()).to.match(
      /<Code>ValidationError<\/Code><Message>.*'roleName'.*must not be null/,
    );
  });
});
