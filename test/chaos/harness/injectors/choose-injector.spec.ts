import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
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
import { templateOf } from "../../support/templates.ts";
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
      [slowFunctions, {}, /no FIS template slow-functions: .* and lambdaFaults: true$/],
    ];
    for (const [experiment, options, reason] of cases) {
      const error = await failureOf(choose(experiment, options));
      expect(error).to.be.instanceOf(NotApplicableError);
      expect(error.message).to.match(reason);
    }
  });

  it("says so when a cloud has neither FIS nor a Chaos API", async () => {
    await using other = await serveWithoutFis();
    const error = await failureOf(choose(outage, { endpoint: other.endpoint }));
    expect(error).to.be.instanceOf(NotApplicableError);
    expect(error.message).to.equal(
      "the stack's cloud has neither FIS (it answers 400 UnknownError) nor a Chaos API",
    );
  });

  it("does not hide that FIS refuses a template, where there is no Chaos API", async () => {
    await using other = await serveWithoutFis("ValidationException");
    const error = await failureOf(choose(outage, { endpoint: other.endpoint }));
    expect(error.name).to.equal("ValidationException");
  });
});

/** An emulator that lacks what injects; with `fisError`, one whose FIS refuses every template. */
async function serveWithoutFis(fisError?: string) {
  const server = createServer((request, response) => {
    const isFis = request.url?.startsWith("/experimentTemplates") ?? false;
    response.writeHead(isFis ? 400 : 404, {
      "content-type": "application/json",
      ...(isFis && fisError !== undefined && { "x-amzn-errortype": fisError }),
    });
    response.end(JSON.stringify({ error: "Unsupported service: fis" }));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    endpoint: `http://127.0.0.1:${String(port)}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

interface ChooseOptions {
  /** Of another cloud than an embedded one of its own. */
  readonly endpoint?: string;
  readonly localstackActions?: boolean;
  readonly isAws?: boolean;
  readonly outputs?: Partial<StackOutputs>;
}

async function choose(experiment: Experiment, options: ChooseOptions = {}): Promise<Injector> {
  const { localstackActions = true, isAws = false, outputs } = options;
  const cloud = await startCloud({ localstackActions });
  const target: Target = {
    endpoint: options.endpoint ?? cloud.endpoint,
    isAws,
    outputs: {
      productApiUrl: cloud.endpoint,
      productsTableName: "Products",
      region: "us-east-1",
      experimentTemplates: { outage: outageTemplate, "slow-database": templateOf("slow-database") },
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
