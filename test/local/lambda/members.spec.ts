import {
  AddPermissionCommand,
  CreateEventSourceMappingCommand,
  DeleteFunctionCommand,
  GetFunctionConfigurationCommand,
  InvokeCommand,
  ListEventSourceMappingsCommand,
  ListFunctionsCommand,
  paginateListFunctions,
  RemovePermissionCommand,
  UpdateFunctionCodeCommand,
  UpdateFunctionConfigurationCommand,
} from "@aws-sdk/client-lambda";
import { CreateQueueCommand, SQSClient } from "@aws-sdk/client-sqs";
import { expect } from "chai";
import { clientSettings } from "../../support/client-settings.ts";
import { failureOf } from "../../support/failure-of.ts";
import { type StartedLambda, startLambda, zipOf } from "./start-lambda.ts";

const answering = "export const handler = async (event, context) => context.clientContext ?? null;";

describe("Lambda functions", () => {
  let cloud: StartedLambda;
  before(async () => (cloud = await startLambda()));
  after(() => cloud.close());

  it("hand a caller's client context to the handler", async () => {
    const FunctionName = await cloud.create(answering);
    const context = { custom: { trace: "é" } };
    const ClientContext = Buffer.from(JSON.stringify(context)).toString("base64");
    const { Payload } = await cloud.client.send(new InvokeCommand({ FunctionName, ClientContext }));
    expect(JSON.parse(Buffer.from(Payload ?? []).toString())).to.deep.equal(context);
    const failure = await failureOf(
      cloud.client.send(new InvokeCommand({ FunctionName, ClientContext: "W10=" })),
    );
    expect(failure.name).to.equal("InvalidRequestContentException");
  });

  it("have the version $LATEST and no other", async () => {
    const FunctionName = await cloud.create(answering);
    const describe = (Qualifier: string) =>
      cloud.client.send(new GetFunctionConfigurationCommand({ FunctionName, Qualifier }));
    expect((await describe("$LATEST")).FunctionName).to.equal(FunctionName);
    for (const call of [
      () => describe("live"),
      () => cloud.client.send(new InvokeCommand({ FunctionName, Qualifier: "live" })),
      () =>
        cloud.client.send(
          new AddPermissionCommand({
            FunctionName,
            Qualifier: "live",
            StatementId: "s",
            Action: "lambda:InvokeFunction",
            Principal: "*",
          }),
        ),
      () => cloud.client.send(new DeleteFunctionCommand({ FunctionName, Qualifier: "1" })),
    ])
      expect((await failureOf(call())).name).to.equal("ResourceNotFoundException");
    const latest = cloud.client.send(
      new DeleteFunctionCommand({ FunctionName, Qualifier: "$LATEST" }),
    );
    expect((await failureOf(latest)).name).to.equal("InvalidParameterValueException");
  });

  it("are changed only as the caller saw them", async () => {
    const FunctionName = await cloud.create(answering);
    const { RevisionId } = await cloud.client.send(
      new UpdateFunctionConfigurationCommand({ FunctionName, Description: "second" }),
    );
    const stale = { FunctionName, RevisionId: "stale" };
    for (const call of [
      () =>
        cloud.client.send(new UpdateFunctionConfigurationCommand({ ...stale, Description: "no" })),
      () =>
        cloud.client.send(new UpdateFunctionCodeCommand({ ...stale, ZipFile: zipOf(answering) })),
      () =>
        cloud.client.send(
          new AddPermissionCommand({
            ...stale,
            StatementId: "s",
            Action: "lambda:InvokeFunction",
            Principal: "*",
          }),
        ),
      () => cloud.client.send(new RemovePermissionCommand({ ...stale, StatementId: "s" })),
    ])
      expect((await failureOf(call())).name).to.equal("PreconditionFailedException");
    const changed = await cloud.client.send(
      new UpdateFunctionCodeCommand({
        FunctionName,
        RevisionId,
        ZipFile: zipOf(answering),
        Architectures: ["arm64"],
      }),
    );
    expect(changed.Architectures).to.deep.equal(["arm64"]);
    expect(changed.Description).to.equal("second");
  });

  it("are listed page by page, and with their version where all are asked for", async () => {
    const names = [await cloud.create(answering), await cloud.create(answering)];
    const found: (string | undefined)[] = [];
    let pages = 0;
    for await (const { Functions = [] } of paginateListFunctions(
      { client: cloud.client, pageSize: 1 },
      {},
    )) {
      pages += 1;
      expect(Functions.length).to.be.at.most(1);
      found.push(...Functions.map((each) => each.FunctionName));
    }
    expect(found).to.include.members(names);
    expect(pages).to.be.at.least(2);
    const all = await cloud.client.send(new ListFunctionsCommand({ FunctionVersion: "ALL" }));
    expect(all.Functions?.every(({ FunctionArn }) => FunctionArn?.endsWith(":$LATEST"))).to.equal(
      true,
    );
  });

  it("have mappings that are listed page by page", async () => {
    const sqs = new SQSClient(clientSettings(cloud.endpoint));
    const role = await cloud.role("sqs:*");
    const FunctionName = await cloud.create(answering, { Role: role });
    for (const QueueName of ["first", "second"]) {
      await sqs.send(new CreateQueueCommand({ QueueName }));
      await cloud.client.send(
        new CreateEventSourceMappingCommand({
          FunctionName,
          EventSourceArn: `arn:aws:sqs:us-east-1:000000000000:${QueueName}`,
          Enabled: false,
        }),
      );
    }
    sqs.destroy();
    const list = (Marker?: string) =>
      cloud.client.send(new ListEventSourceMappingsCommand({ FunctionName, MaxItems: 1, Marker }));
    const first = await list();
    const second = await list(first.NextMarker);
    const sources = [first, second].flatMap(({ EventSourceMappings = [] }) =>
      EventSourceMappings.map(({ EventSourceArn }) => EventSourceArn?.split(":").at(-1)),
    );
    expect(sources).to.have.members(["first", "second"]);
    expect(second.NextMarker).to.equal(undefined);
  });
});
