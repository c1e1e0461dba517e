import { CreateFunctionCommand } from "@aws-sdk/client-lambda";
import { expect } from "chai";
import { strToU8, zipSync } from "fflate";
import { failureOf } from "../../support/failure-of.ts";
import { anyRole, type StartedLambda, startLambda, zipOf } from "./start-lambda.ts";

describe("the AWS SDK of Lambda's runtimes", () => {
  let cloud: StartedLambda;
  before(async () => (cloud = await startLambda({ runOldRuntimes: true })));
  after(() => cloud.close());

  const common = (code: string) => ({ Code: { ZipFile: zipOf(code, "index.cjs") } });
  const run = async (code: string, input: Parameters<StartedLambda["create"]>[1] = {}) =>
    cloud.invoke(await cloud.create(code, input));

  it("is found by functions that do not bring it, as ES modules and as CommonJS", async () => {
    const names = "[DynamoDBClient.name, DynamoDBDocument.name, toBase64(Buffer.from('a'))]";
    const asModule = `
      import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
      import { DynamoDBDocument } from "@aws-sdk/lib-dynamodb";
      import { toBase64 } from "@smithy/util-base64";
      export const handler = () => ${names};`;
    const asCommon = `
      const { DynamoDBClient } = require("@aws-sdk/client-dynamodb");
      const { DynamoDBDocument } = require("@aws-sdk/lib-dynamodb");
      const { toBase64 } = require("@smithy/util-base64");
      exports.handler = async () => ${names};`;
    const found = ["DynamoDBClient", "DynamoDBDocument", "YQ=="];
    expect((await run(asModule)).payload).to.deep.equal(found);
    for (const Runtime of ["nodejs20.x", "nodejs18.x"] as const)
      expect((await run("", { ...common(asCommon), Runtime })).payload).to.deep.equal(found);
  });

  it("is the function's own copy where it brings one", async () => {
    const ZipFile = zipSync({
      "index.mjs": strToU8(
        `import { own } from "@aws-sdk/client-sqs"; export const handler = () => own;`,
      ),
      "node_modules/@aws-sdk/client-sqs/index.js": strToU8(`exports.own = "the function's";`),
    });
    expect((await run("", { Code: { ZipFile } })).payload).to.equal("the function's");
  });

  it("is named where the embedded cloud does not have a part of it", async () => {
    const { payload } = await run(`import "@aws-sdk/client-none"; export const handler = () => 1;`);
    expect(payload).to.deep.include({
      errorMessage:
        "Error: Cannot find module '@aws-sdk/client-none': the runtime nodejs24.x ships it on AWS, " +
        "and the embedded cloud does not have it. Put it into the function's package.",
      errorType: "Runtime.ImportModuleError",
    });
  });

  it("is all that a function finds of the embedded cloud", async () => {
    const { payload } = await run("", common(`require("zod"); exports.handler = () => 1;`));
    expect(payload).to.have.property("errorMessage").that.contains("Cannot find module 'zod'");
    expect(payload).to.have.property("errorType", "Runtime.ImportModuleError");
  });

  it("is version 2 up to Node.js 16, which is said to be missing", async () => {
    const { payload } = await run("", {
      ...common(`require("aws-sdk"); exports.handler = () => 1;`),
      Runtime: "nodejs16.x",
    });
    expect(payload)
      .to.have.property("errorMessage")
      .that.matches(/Cannot find module 'aws-sdk': the runtime nodejs16\.x shipped version 2 of/);
    const newer = await run("", {
      ...common(`require("@aws-sdk/client-sqs"); exports.handler = () => 1;`),
      Runtime: "nodejs16.x",
    });
    expect(newer.payload).to.have.property("errorType", "Runtime.ImportModuleError");
  });
});

describe("old runtimes", () => {
  const code = `exports.handler = async () => process.env.AWS_EXECUTION_ENV;`;
  const input = { Code: { ZipFile: zipOf(code, "index.js") } };

  it("run on the cloud's own Node.js where that is asked for", async () => {
    const cloud = await startLambda({ runOldRuntimes: true });
    try {
      for (const Runtime of ["nodejs12.x", "nodejs14.x", "nodejs16.x", "nodejs18.x"] as const) {
        const { payload } = await cloud.invoke(await cloud.create("", { ...input, Runtime }));
        expect(payload).to.equal(`AWS_Lambda_${Runtime}`);
      }
    } finally {
      await cloud.close();
    }
  });

  it("are refused otherwise, with what to do", async () => {
    const cloud = await startLambda();
    try {
      const create = (Runtime: "nodejs18.x" | "python3.12") =>
        cloud.client.send(
          new CreateFunctionCommand({
            ...{ FunctionName: "old", Role: anyRole, Handler: "index.handler", Runtime },
            ...input,
          }),
        );
      expect((await failureOf(create("nodejs18.x"))).message).to.contain(
        "this endpoint runs nodejs24.x, nodejs22.x, nodejs20.x; started with --run-old-runtimes, it " +
          "runs this one on Node.js 24",
      );
      expect((await failureOf(create("python3.12"))).message).not.to.contain("--run-old-runtimes");
    } finally {
      await cloud.close();
    }
  });
});
