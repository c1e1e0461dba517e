import { CloudWatchLogsClient, FilterLogEventsCommand } from "@aws-sdk/client-cloudwatch-logs";
import { GetRolePolicyCommand, IAMClient, PutRolePolicyCommand } from "@aws-sdk/client-iam";
import {
  CreateEventSourceMappingCommand,
  DeleteEventSourceMappingCommand,
  LambdaClient,
  ListEventSourceMappingsCommand,
} from "@aws-sdk/client-lambda";
import { GetQueueAttributesCommand, SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { expect } from "chai";
import { randomUUID } from "node:crypto";
import { failureOf } from "../support/failure-of.ts";
import { until } from "./fis/until.ts";
import { type Rehearsal, startRehearsal } from "./rehearsal/start-rehearsal.ts";

interface Statement {
  Action: string[];
  Resource: string | string[];
}

/** Has the role's function do what the action is for, until `denied` has seen the denial. */
type Flow = (cloud: Rehearsal, denied: () => Promise<unknown>) => Promise<unknown>;

const post: Flow = (cloud) => cloud.post(randomUUID());
const get: Flow = (cloud) => cloud.get(randomUUID());
/** A write that DynamoDB does not take; the function logs that. */
const postInOutage: Flow = (cloud, denied) =>
  duringOutage(cloud, async () => {
    await cloud.post(randomUUID());
    await denied();
  });
const getInOutage: Flow = (cloud) => duringOutage(cloud, () => cloud.get(randomUUID()));
/** A write that waits in the queue until the outage is over. */
const queue: Flow = (cloud) => duringOutage(cloud, () => cloud.post(randomUUID()));
const poison: Flow = (cloud) =>
  new SQSClient(cloud.settings).send(
    new SendMessageCommand({
      QueueUrl: cloud.outputs.productEventsQueueUrl,
      MessageBody: "not an event",
    }),
  );
/** The mapping looks at the queue when it is made. */
const mapAnew: Flow = async (cloud) => {
  const lambda = new LambdaClient(cloud.settings);
  const { EventSourceMappings: [mapping] = [] } = await lambda.send(
    new ListEventSourceMappingsCommand({ FunctionName: "process-product-events" }),
  );
  await lambda.send(new DeleteEventSourceMappingCommand({ UUID: mapping?.UUID }));
  const create = () =>
    lambda.send(
      new CreateEventSourceMappingCommand({
        FunctionName: mapping?.FunctionArn,
        EventSourceArn: mapping?.EventSourceArn,
        FunctionResponseTypes: mapping?.FunctionResponseTypes,
      }),
    );
  expect((await failureOf(create())).message).to.contain("GetQueueAttributes");
  return create;
};

/** Role → action → what needs it. A test compares it with what the roles allow. */
const flows: Readonly<Record<string, Readonly<Record<string, Flow>>>> = {
  "add-product": {
    "dynamodb:PutItem": post,
    "sns:Publish": queue,
    "logs:CreateLogStream": queue,
    "logs:PutLogEvents": queue,
  },
  "get-product": {
    "dynamodb:GetItem": get,
    "logs:CreateLogStream": getInOutage,
    "logs:PutLogEvents": getInOutage,
  },
  "process-product-events": {
    "dynamodb:PutItem": queue,
    "sqs:ReceiveMessage": queue,
    "sqs:DeleteMessage": queue,
    "sqs:GetQueueAttributes": mapAnew,
    "sqs:ChangeMessageVisibility": postInOutage,
    "sqs:SendMessage": poison,
    "logs:CreateLogStream": poison,
    "logs:PutLogEvents": poison,
  },
};

async function duringOutage(cloud: Rehearsal, work: () => Promise<unknown>): Promise<void> {
  const faults = `${cloud.settings.endpoint}/_localstack/chaos/faults`;
  const setFaults = (rules: object[]) =>
    fetch(faults, { method: "POST", body: JSON.stringify(rules) });
  await setFaults([{ service: "dynamodb" }]);
  await work();
  await setFaults([]);
}

describe("the roles of the functions", function () {
  this.timeout(30_000);

  let cloud: Rehearsal;
  let iam: IAMClient;

  before(async () => {
    cloud = await startRehearsal({ awsExperimentTemplates: "false" });
    iam = new IAMClient(cloud.settings);
  });

  after(() => cloud[Symbol.asyncDispose]());

  async function policyOf(RoleName: string): Promise<string> {
    const { PolicyDocument = "" } = await iam.send(
      new GetRolePolicyCommand({ RoleName, PolicyName: "calls" }),
    );
    return decodeURIComponent(PolicyDocument);
  }

  const setPolicy = (RoleName: string, PolicyDocument: string) =>
    iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: "calls", PolicyDocument }));

  for (const [role, byAction] of Object.entries(flows)) {
    it(`of ${role} allows what is tested here, and no more`, async () => {
      const { Statement } = JSON.parse(await policyOf(role)) as { Statement: Statement[] };
      expect(Statement.flatMap(({ Action }) => Action)).to.have.members(Object.keys(byAction));
    });

    for (const [action, flow] of Object.entries(byAction))
      it(`of ${role} cannot do without ${action}`, async () => {
        const whole = await policyOf(role);
        const denials = () =>
          cloud.log.filter(
            (entry) =>
              entry["event"] === "access-denied" &&
              entry["action"] === action &&
              String(entry["roleArn"]).endsWith(`role/${role}`),
          );
        const denied = () => until(`a denied ${action}`, () => denials()[0]);
        expect(denials()).to.have.length(0);
        await setPolicy(role, without(whole, action));
        let heal: unknown;
        try {
          heal = await flow(cloud, denied);
          await denied();
        } finally {
          await setPolicy(role, whole);
        }
        if (typeof heal === "function") await heal();
      });
  }

  it("keep a function from writing logs that its role does not allow", async () => {
    const logs = new CloudWatchLogsClient(cloud.settings);
    const linesOf = async () => {
      const command = new FilterLogEventsCommand({ logGroupName: "/aws/lambda/get-product" });
      return (await logs.send(command)).events?.length ?? 0;
    };
    const whole = await policyOf("get-product");
    const before = await linesOf();
    await setPolicy("get-product", without(whole, "logs:PutLogEvents"));
    await getInOutage(cloud, () => Promise.resolve());
    await setPolicy("get-product", whole);
    expect(await linesOf()).to.equal(before);
    await getInOutage(cloud, () => Promise.resolve());
    await until("a line of the function", async () =>
      (await linesOf()) > before ? true : undefined,
    );
  });

  it("let every write end in the table once they are whole again", async () => {
    const id = randomUUID();
    await duringOutage(cloud, () => cloud.post(id));
    await until("the queued write in the table", async () =>
      (await cloud.get(id)) === 200 ? true : undefined,
    );
    const { Attributes } = await new SQSClient(cloud.settings).send(
      new GetQueueAttributesCommand({
        QueueUrl: cloud.outputs.productEventsDeadLetterQueueUrl,
        AttributeNames: ["ApproximateNumberOfMessages"],
      }),
    );
    expect(Number(Attributes?.ApproximateNumberOfMessages)).to.be.greaterThan(0);
  });
});

function without(policy: string, action: string): string {
  const { Statement, ...rest } = JSON.parse(policy) as { Statement: Statement[] };
  const left = Statement.map((statement) => ({
    ...statement,
    Action: statement.Action.filter((each) => each !== action),
  })).filter(({ Action }) => Action.length > 0);
  return JSON.stringify({ ...rest, Statement: left });
}
