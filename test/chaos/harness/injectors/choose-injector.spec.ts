import { expect } from "chai";
import { outage } from "../../../../chaos/experiments/outage/experiment.ts";
import { slowDatabase } from "../../../../chaos/experiments/slow-database/experiment.ts";
import { slowFunctions } from "../../../../chaos/experiments/slow-functions/experiment.ts";
import type { Experiment } from "../../../../chaos/harness/experiment.ts";
import type { Injector } from "../../../../chaos/harness/injector.ts";
import { Stack } from "../../../../chaos/harness/stack.ts";
import { NotApplicableError } from "../../../../chaos/harness/step-errors.ts";
import { paceOf } from "../../../../chaos/harness/pace.ts";
import type { Target } from "../../../../chaos/harness/target.ts";
import type { StackOutputs } from "../../../../infra/outputs.ts";
import { slowDatabase as slowDatabaseTemplate } from "../../../../infra/templates/slow-database.ts";
import { startCloud } from "../../../../local/cloud.ts";
import { failureOf } from "../../../support/failure-of.ts";
import { outageTemplate } from "../../support/templates.ts";

const ids = { experimentTemplateIds: { outage: "EXT1" } };

describe("chooseInjector", () => {
  it("takes FIS when it accepts the experiment's template", async () => {
    expect((await choose(outage)).name).to.equal("FIS");
  });

  it("takes the Chaos API when FIS refuses the template", async () => {
    const injector = await choose(outage, { localstackActions: false });
    expect(injector.name).to.equal("Chaos API");
    expect(injector.fault).to.deep.equal({
      failure: "dynamodb fails with 500 DynamoDbException",
      hitsEveryCaller: true,
      message: "Operation failed due to a simulated fault",
    });
  });

  it("takes the stack's own template where there is one", async () => {
    const injector = await choose(outage, { outputs: ids });
    expect(injector.name).to.equal("the stack's FIS template");
    expect(injector.source).to.deep.equal({ experimentTemplateId: "EXT1", scenario: "outage" });
    expect(injector.fault.hitsEveryCaller).to.be.false;
    expect(injector.fault.failure).to.include("AccessDeniedException");
  });

  it("says why a fault cannot be had", async () => {
    const cases: [Experiment, ChooseOptions, RegExp][] = [
      [slowDatabase, { localstackActions: false }, /the Chaos API delays every call/],
      [slowDatabase, { isAws: true }, /there is no template of AWS's own actions for it/],
      [
        outage,
        { isAws: true },
        /no FIS template outage: deploy it with awsExperimentTemplates: true$/,
      ],
      [slowFunctions, {}, /no FIS template latency: .* and lambdaFaults: true$/],
    ];
    for (const [experiment, options, reason] of cases) {
      const error = await failureOf(choose(experiment, options));
      expect(error).to.be.instanceOf(NotApplicableError);
      expect(error.message).to.match(reason);
    }
  });
});

interface ChooseOptions {
  readonly localstackActions?: boolean;
  readonly isAws?: boolean;
  readonly outputs?: Partial<StackOutputs>;
}

async function choose(experiment: Experiment, options: ChooseOptions = {}): Promise<Injector> {
  const { localstackActions = true, isAws = false, outputs } = options;
  const cloud = await startCloud({ localstackActions });
  const target: Target = {
    endpoint: cloud.endpoint,
    isAws,
    outputs: {
      productApiUrl: cloud.endpoint,
      productsTableName: "Products",
      region: "us-east-1",
      experimentTemplates: { outage: outageTemplate, "slow-database": slowDatabaseTemplate() },
      ...outputs,
    },
    close: () => Promise.resolve(),
  };
  const stack = new Stack(target, paceOf(target));
  try {
    return await stack.chooseInjector(experiment);
  } finally {
    await stack.close();
    await cloud.close();
  }
}
