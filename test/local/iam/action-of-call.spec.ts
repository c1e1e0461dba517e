import { expect } from "chai";
import { createFaultStore } from "../../../local/faults/fault-store.ts";
import { actionsOfCall } from "../../../local/iam/action-of-call.ts";
import type { AwsService } from "../../../local/services/aws-service.ts";
import { createDynamodbService } from "../../../local/services/dynamodb/dynamodb-service.ts";
import { createFisService } from "../../../local/services/fis/fis-service.ts";
import { createIamService } from "../../../local/services/iam/iam-service.ts";
import { createIamStore } from "../../../local/services/iam/iam-store.ts";
import { createLogsService } from "../../../local/services/logs/logs-service.ts";
import { createLogsStore } from "../../../local/services/logs/logs-store.ts";
import { createSnsService } from "../../../local/services/sns/sns-service.ts";
import { createSqsService } from "../../../local/services/sqs/sqs-service.ts";
import { createStsService } from "../../../local/services/sts/sts-service.ts";
import type { AwsCall } from "../../../local/wire/aws-call.ts";

function call(
  service: string,
  operation: string,
  { protocol = "json-1.0", body = "", path = "/", method = "POST", query = "" } = {},
): AwsCall {
  return {
    requestId: "1",
    service,
    operation,
    protocol: protocol as AwsCall["protocol"],
    region: "us-east-1",
    accountId: "000000000000",
    accessKeyId: undefined,
    roleArn: undefined,
    request: {
      method,
      path,
      query: new URLSearchParams(query),
      headers: {},
      body: Buffer.from(body),
    },
  };
}

const rest = "rest-json";
const account = "us-east-1:000000000000";
const functionArn = `arn:aws:lambda:${account}:function:add`;

const cases: [what: string, call: AwsCall, needed: [action: string, resource: string][]][] = [
  [
    "a put by table ARN",
    call("dynamodb", "PutItem", { body: '{"TableName":"arn:aws:dynamodb:x:1:table/T"}' }),
    [["dynamodb:PutItem", "arn:aws:dynamodb:x:1:table/T"]],
  ],
  [
    "a transaction with large items",
    call("dynamodb", "TransactWriteItems", {
      body: `{"TransactItems":[{"Put":{"TableName":"T","Item":{"id":{"S":"${"x".repeat(600_000)}"}}}},{"ConditionCheck":{"Key":{"id":{"S":"1"}},"TableName":"U"}}]}`,
    }),
    [
      ["dynamodb:PutItem", `arn:aws:dynamodb:${account}:table/T`],
      ["dynamodb:ConditionCheckItem", `arn:aws:dynamodb:${account}:table/U`],
    ],
  ],
  [
    "a batch with large items",
    call("dynamodb", "BatchWriteItem", {
      body: `{"RequestItems":{"T":[{"PutRequest":{"Item":{"id":{"S":"${"x".repeat(600_000)}"}}}}],"U":[]}}`,
    }),
    [
      ["dynamodb:BatchWriteItem", `arn:aws:dynamodb:${account}:table/T`],
      ["dynamodb:BatchWriteItem", `arn:aws:dynamodb:${account}:table/U`],
    ],
  ],
  [
    "records of a stream",
    call("dynamodb", "GetRecords", { body: '{"ShardIterator":"arn:stream|1|x"}' }),
    [["dynamodb:GetRecords", "arn:stream"]],
  ],
  [
    "a batch to a queue of another account",
    call("sqs", "SendMessageBatch", { body: '{"QueueUrl":"http://h/111111111111/Q"}' }),
    [["sqs:SendMessage", "arn:aws:sqs:us-east-1:111111111111:Q"]],
  ],
  [
    "an old client's post to the path of a queue",
    call("sqs", "ReceiveMessage", {
      protocol: "query",
      body: "Action=ReceiveMessage",
      path: "/000000000000/Q",
    }),
    [["sqs:ReceiveMessage", `arn:aws:sqs:${account}:Q`]],
  ],
  [
    "a batch to a topic",
    call("sns", "PublishBatch", { protocol: "query", body: "TopicArn=arn:aws:sns:x:1:T" }),
    [["sns:Publish", "arn:aws:sns:x:1:T"]],
  ],
  [
    "the end of a subscription",
    call("sns", "Unsubscribe", { protocol: "query", body: "SubscriptionArn=arn:aws:sns:x:1:T:u" }),
    [["sns:Unsubscribe", "arn:aws:sns:x:1:T"]],
  ],
  ...["add", "000000000000:function:add", encodeURIComponent(functionArn)].map(
    (name): (typeof cases)[number] => [
      `an invocation of ${name}`,
      call("lambda", "Invoke", {
        protocol: rest,
        path: `/2015-03-31/functions/${name}/invocations`,
      }),
      [["lambda:InvokeFunction", functionArn]],
    ],
  ),
  [
    "the creation of a function",
    call("lambda", "CreateFunction", { protocol: rest, body: '{"FunctionName":"add"}' }),
    [["lambda:CreateFunction", functionArn]],
  ],
  [
    "a list of log groups",
    call("logs", "DescribeLogGroups", { body: "{}" }),
    [["logs:DescribeLogGroups", `arn:aws:logs:${account}:log-group::log-stream:`]],
  ],
  [
    "the stop of an experiment",
    call("fis", "StopExperiment", { protocol: rest, method: "DELETE", path: "/experiments/EXP1" }),
    [["fis:StopExperiment", `arn:aws:fis:${account}:experiment/EXP1`]],
  ],
  [
    "a deletion of a REST API",
    call("apigateway", "DeleteRestApi", { protocol: rest, method: "DELETE", path: "/restapis/1" }),
    [["apigateway:DELETE", "arn:aws:apigateway:us-east-1::/restapis/1"]],
  ],
  ["the question who one is", call("sts", "GetCallerIdentity", { protocol: "query" }), []],
];

describe("actionsOfCall", () => {
  for (const [what, asked, needed] of cases)
    it(`reads ${what}`, () => {
      const expected = needed.map(([action, resource]) => ({ action, resource }));
      expect(actionsOfCall(asked)).to.deep.equal(expected);
    });

  it("does not know an operation that is in no table", () => {
    expect(actionsOfCall(call("dynamodb", "ExportTable"))).to.equal(undefined);
    expect(actionsOfCall(call("dynamodb", "toString"))).to.equal(undefined);
    expect(actionsOfCall(call("kinesis", "PutRecord"))).to.equal(undefined);
  });

  it("matches no resource of a policy when the body cannot be read", () => {
    const [needed] = actionsOfCall(call("dynamodb", "PutItem", { body: "{" })) ?? [];
    expect(needed?.resource).to.equal(`arn:aws:dynamodb:${account}:table/`);
  });

  it("knows every operation of every service", async () => {
    const iam = createIamStore();
    const services: AwsService[] = [
      createIamService(iam),
      createStsService(iam),
      createLogsService(createLogsStore()),
      createDynamodbService(),
      createSqsService(() => undefined),
      createSnsService({ send: () => Promise.resolve(), log: () => undefined }),
      createFisService({
        store: createFaultStore(),
        log: () => undefined,
        accountId: "000000000000",
        acceptLocalstackActions: true,
      }),
    ];
    try {
      for (const { name, operations } of services)
        expect(
          operations.filter((operation) => !actionsOfCall(call(name, operation))),
          name,
        ).to.deep.equal([]);
    } finally {
      for (const service of services) await service.close?.();
    }
  });
});
