import { expect } from "chai";
import type { ExperimentTemplateAction } from "../../../../infra/outputs.ts";
import { toChaosFaults } from "../../../../chaos/harness/injectors/to-chaos-faults.ts";
import { NotApplicableError } from "../../../../chaos/harness/step-errors.ts";
import { outageTemplate } from "../../support/templates.ts";

const region = "eu-west-1";

describe("toChaosFaults", () => {
  it("makes a rule of the tutorial's outage", () => {
    expect(toChaosFaults(outageTemplate, region)).to.deep.equal({
      rules: [
        {
          region,
          service: "dynamodb",
          probability: 1,
          error: { statusCode: 500, code: "DynamoDbException" },
        },
      ],
      latency: 0,
    });
  });

  it("makes a latency and a rule for every service of the tutorial's latency", () => {
    expect(translate("localstack:generic:api-error", { latency: "4" })).to.deep.equal({
      rules: [{ region, probability: 1, error: { statusCode: 500, code: "InternalError" } }],
      latency: 4_000,
    });
  });

  it("makes a rule for each operation, whatever its parameter is called", () => {
    for (const name of ["operation", "api", "apiCall"]) {
      const { rules } = translate("localstack:generic:api-error", {
        service: "dynamodb",
        region: "us-west-2",
        percentage: "25",
        [name]: "PutItem, GetItem",
      });
      const rest = {
        region: "us-west-2",
        service: "dynamodb",
        probability: 0.25,
        error: { statusCode: 500, code: "InternalError" },
      };
      expect(rules).to.have.deep.members([
        { ...rest, operation: "PutItem" },
        { ...rest, operation: "GetItem" },
      ]);
    }
  });

  it("makes a rule of an action that names its service in its id", () => {
    expect(translate("localstack:sqs:inject-api-internal-error", {}).rules).to.deep.equal([
      { region, service: "sqs", probability: 1, error: { statusCode: 500, code: "InternalError" } },
    ]);
  });

  it("takes a latency of every service without an error", () => {
    const faults = translate("localstack:generic:latency", { latencyMilliseconds: "250" });
    expect(faults).to.deep.equal({ rules: [], latency: 250 });
  });

  it("says what the Chaos API cannot do", () => {
    const cases: [string, ExperimentTemplateAction["parameters"], RegExp][] = [
      [
        "localstack:generic:latency",
        { service: "dynamodb", latencyMilliseconds: "1" },
        /every service or none, and this experiment delays dynamodb alone/,
      ],
      ["localstack:generic:api-error", { latency: "1", region: "us-west-2" }, /us-west-2 alone/],
      ["localstack:generic:api-error", { latency: "1", api: "PutItem" }, /PutItem alone/],
      ["aws:fis:wait", { duration: "PT1M" }, /nothing like action act \(aws:fis:wait\)/],
    ];
    for (const [actionId, parameters = {}, message] of cases)
      expect(() => translate(actionId, parameters)).to.throw(NotApplicableError, message);
    const ordered = { actionId: "localstack:generic:api-error", startAfter: ["other"] };
    expect(() => toChaosFaults({ ...outageTemplate, actions: { ordered } }, region)).to.throw(
      NotApplicableError,
      "no order",
    );
  });

  it("takes an error of a kind from what the service sends, by the seed", () => {
    const template = (parameters: Record<string, string>) => ({
      ...outageTemplate,
      actions: { a: { actionId: "outage-drill:api:error", parameters } },
    });
    const throttling = { service: "dynamodb", failure: "throttling" };
    const codes = new Set(
      Array.from({ length: 20 }, (_, seed) =>
        toChaosFaults(template({ ...throttling, seed: String(seed) }), region).rules.map(
          ({ error }) => `${String(error?.statusCode)} ${String(error?.code)}`,
        ),
      ).flat(),
    );
    expect(codes).to.include("400 ProvisionedThroughputExceededException");
    expect(codes.size).to.be.greaterThan(1);
    expect(
      toChaosFaults(
        template({ service: "dynamodb", failure: "denied", operations: "PutItem,UpdateItem" }),
        region,
      ).rules,
    ).to.deep.equal(
      ["PutItem", "UpdateItem"].map((operation) => ({
        region,
        service: "dynamodb",
        operation,
        probability: 1,
        error: { statusCode: 400, code: "AccessDeniedException" },
      })),
    );
    expect(() => toChaosFaults(template({ ...throttling, duration: "PT2S" }), region)).to.throw(
      NotApplicableError,
      "ends after PT2S",
    );
  });
});

function translate(actionId: string, parameters: Record<string, string>) {
  return toChaosFaults({ ...outageTemplate, actions: { act: { actionId, parameters } } }, region);
}
