import { expect } from "chai";
import { find } from "./support/find-resource.ts";
import { type ProgramRun, runProgram } from "./support/run-program.ts";

describe("ProductApi", function () {
  this.timeout(10_000);

  let run: ProgramRun;

  before(async () => {
    run = await runProgram();
  });

  for (const [method, route, functionName] of [
    ["POST", "product-api-post", "add-product"],
    ["GET", "product-api-get", "get-product"],
  ] as const)
    it(`routes ${method} to ${functionName} and lets that route alone invoke it`, () => {
      const at = { restApi: "product-api-rest-api-id", resourceId: "product-api-resource-id" };
      expect(find(run, `${route}-method`).inputs).to.deep.equal({
        ...at,
        httpMethod: method,
        authorization: "NONE",
      });
      expect(find(run, `${route}-integration`).inputs).to.deep.equal({
        ...at,
        httpMethod: method,
        type: "AWS_PROXY",
        integrationHttpMethod: "POST",
        uri: `arn:aws:lambda:us-east-1:000000000000:${functionName}/invocations`,
      });
      expect(find(run, `${route}-permission`).inputs).to.deep.equal({
        action: "lambda:InvokeFunction",
        function: functionName,
        principal: "apigateway.amazonaws.com",
        sourceArn: `arn:aws:execute-api:us-east-1:000000000000:product-api-rest-api-id/dev/${method}/productApi`,
      });
    });

  it("names the REST API's id for emulators and its stage", () => {
    expect(find(run, "product-api-rest-api").inputs).to.deep.equal({
      name: "ProductApi",
      endpointConfiguration: { types: "REGIONAL" },
      tags: { _custom_id_: "12345" },
    });
    expect(find(run, "product-api-resource").inputs).to.deep.include({ pathPart: "productApi" });
    expect(find(run, "product-api-stage").inputs).to.deep.include({ stageName: "dev" });
  });
});
