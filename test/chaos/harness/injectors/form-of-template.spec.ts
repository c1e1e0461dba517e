import { expect } from "chai";
import { formOfTemplate } from "../../../../chaos/harness/injectors/form-of-template.ts";
import { templateOf } from "../../support/templates.ts";

describe("formOfTemplate", () => {
  it("says in words what callers meet", () => {
    const say = (scenario: string) => formOfTemplate(templateOf(scenario), "").failure;
    expect(say("outage")).to.equal("dynamodb fails with 500 DynamoDbException");
    expect(say("mixed-failures")).to.equal(
      "dynamodb throttles for 25 % of the calls that reach this action; " +
        "dynamodb denies access for 33 % of the calls that reach this action; " +
        "dynamodb answers with an HTML page for 50 % of the calls that reach this action; " +
        "dynamodb resets connections",
    );
    expect(say("lost-acknowledgement")).to.match(
      /^dynamodb acts, and its answer is lost \(PutItem, UpdateItem, /,
    );
    expect(say("retry-function-failure")).to.equal(
      "dynamodb is unavailable; invocations of the-retry-function fail",
    );
  });
});
