import { expect } from "chai";
import { find, statementsOf } from "./support/find-resource.ts";
import { type ProgramRun, runProgram } from "./support/run-program.ts";

const SQS = "arn:aws:sqs:us-east-1:000000000000";
const TABLE_ARN = "arn:aws:dynamodb:us-east-1:000000000000:Products";
const TOPIC_ARN = "arn:aws:sns:us-east-1:000000000000:ProductEventsTopic";

describe("LambdaFunction", function () {
  this.timeout(10_000);

  let run: ProgramRun;

  before(async () => {
    run = await runProgram();
  });

  it("gives each function its settings", () => {
    const { code, ...inputs } = find(run, "product-api-add-function").inputs;
    expect(code).to.be.an("object");
    expect(inputs).to.deep.equal({
      name: "add-product",
      runtime: "nodejs24.x",
      handler: "index.handler",
      role: "arn:aws:iam:us-east-1:000000000000:add-product",
      memorySize: 512,
      timeout: 10,
      environment: {
        variables: {
          POWERTOOLS_SERVICE_NAME: "add-product",
          PRODUCTS_TABLE_NAME: "Products",
          PRODUCT_EVENTS_TOPIC_ARN: TOPIC_ARN,
        },
      },
      tags: {
        tracing:
          "Off: a drill records every request itself and X-Ray would be one more service to call",
      },
    });
    expect(find(run, "write-buffer-retry-function").inputs).to.deep.include({
      name: "process-product-events",
      timeout: 10,
    });
    expect(find(run, "product-api-get-function").inputs).to.deep.include({ name: "get-product" });
    expect(find(run, "product-api-add-logs").inputs).to.deep.equal({
      name: "/aws/lambda/add-product",
      retentionInDays: 1,
    });
  });

  const allowed: [string, string, [string[], string][]][] = [
    [
      "product-api-add",
      "add-product",
      [
        [["dynamodb:PutItem"], TABLE_ARN],
        [["sns:Publish"], TOPIC_ARN],
      ],
    ],
    ["product-api-get", "get-product", [[["dynamodb:GetItem"], TABLE_ARN]]],
    [
      "write-buffer-retry",
      "process-product-events",
      [
        [["dynamodb:PutItem"], TABLE_ARN],
        [
          [
            "sqs:ReceiveMessage",
            "sqs:DeleteMessage",
            "sqs:GetQueueAttributes",
            "sqs:ChangeMessageVisibility",
          ],
          `${SQS}:ProductEventsQueue`,
        ],
        [["sqs:SendMessage"], `${SQS}:ProductEventsDeadLetterQueue`],
      ],
    ],
  ];
  for (const [component, functionName, calls] of allowed)
    it(`allows ${functionName} the calls it makes and no others`, () => {
      const logs = `arn:aws:cloudwatch:us-east-1:000000000000:/aws/lambda/${functionName}:*`;
      expect(statementsOf(run, `${component}-policy`)).to.deep.equal(
        [...calls, [["logs:CreateLogStream", "logs:PutLogEvents"], logs]].map(
          ([Action, Resource]) => ({
            Effect: "Allow",
            Action,
            Resource,
          }),
        ),
      );
      expect(find(run, `${component}-policy`).inputs.role).to.equal(functionName);
    });
});
