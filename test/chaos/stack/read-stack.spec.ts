import { expect } from "chai";
import { CannotRunError } from "../../../chaos/cannot-run-error.ts";
import { describe as describeStack, parseStack } from "../../../chaos/stack/read-stack.ts";
import { exportStack } from "../../../local/export-stack.ts";

describe("parseStack", () => {
  it("reads outputs, and takes the endpoint of an emulator from an address on this machine", () => {
    const text = JSON.stringify({ url: "http://localhost:4566/_aws/execute-api/a/dev" });
    expect(parseStack(text, "x").outputs).to.include({ endpoint: "http://127.0.0.1:4566" });
  });

  it("keeps an output of the program that is called endpoint apart from the cloud's", () => {
    const endpoint = "https://a.execute-api.us-east-1.amazonaws.com/stage/";
    const { outputs, ownOutputs } = describeStack({ endpoint }, [], {
      endpoint: "http://127.0.0.1:1",
    });
    expect(outputs.endpoint).to.equal("http://127.0.0.1:1");
    expect(ownOutputs).to.deep.equal({ endpoint });
    expect(describeStack({ endpoint }).outputs).to.not.have.property("endpoint");
  });

  it("names no endpoint for a stack on AWS, and reads its region from an ARN", () => {
    const text = JSON.stringify({
      url: "https://a.execute-api.eu-west-1.amazonaws.com",
      topic: "arn:aws:sns:eu-west-1:123456789012:t",
    });
    const { outputs, resources } = parseStack(text, "x");
    expect(outputs).to.include({ region: "eu-west-1" }).and.not.to.have.property("endpoint");
    expect(resources).to.equal(undefined);
  });

  it("reads what pulumi stack export prints, and what the cloud exports", () => {
    const type = "aws:dynamodb/table:Table";
    const table = {
      ...{ type, name: "t", id: "t-1", outputs: { name: "t-1" } },
      urn: `urn:pulumi:dev::shop::my:Component$${type}::t`,
    };
    const { outputs, resources } = parseStack(
      JSON.stringify(exportStack({ url: "http://127.0.0.1:1" }, [table])),
      "x",
    );
    expect(outputs).to.include({ url: "http://127.0.0.1:1", endpoint: "http://127.0.0.1:1" });
    expect(resources).to.deep.equal([table]);
  });

  it("says in one sentence what is wrong", () => {
    const wrong: [string, RegExp][] = [
      ["{", /^Cannot read stack outputs from x \(.*\); give them as pulumi stack output/],
      ["[]", /^x holds no stack outputs; give them as/],
      ['{"deployment":{}}', /^The stack in x has no resources: run pulumi up first\.$/],
    ];
    for (const [text, sentence] of wrong)
      expect(() => parseStack(text, "x")).to.throw(CannotRunError, sentence);
  });
});
