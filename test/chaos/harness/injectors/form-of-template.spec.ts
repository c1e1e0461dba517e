import { expect } from "chai";
import { formOfTemplate } from "../../../../chaos/harness/injectors/form-of-template.ts";
import { lostAcknowledgement } from "../../../../infra/templates/lost-acknowledgement.ts";
import { mixedFailures } from "../../../../infra/templates/mixed-failures.ts";
import { outage } from "../../../../infra/templates/outage.ts";
import { retryFunctionFailure } from "../../../../infra/templates/retry-function-failure.ts";

describe("formOfTemplate", () => {
  it("says in words what callers meet", () => {
    const say = (template: Parameters<typeof formOfTemplate>[0]) =>
      formOfTemplate(template, "").failure;
    expect(say(outage())).to.equal("dynamodb fails with 500 DynamoDbException");
    expect(say(mixedFailures())).to.equal(
      "dynamodb throttles for 25 % of the calls that reach this action; " +
        "dynamodb denies access for 33 % of the calls that reach this action; " +
        "dynamodb answers with an HTML page for 50 % of the calls that reach this action; " +
        "dynamodb resets connections",
    );
    expect(say(lostAcknowledgement())).to.match(
      /^dynamodb acts, and its answer is lost \(PutItem, UpdateItem, /,
    );
    expect(say(retryFunctionFailure("retry"))).to.equal(
      "dynamodb is unavailable; invocations of retry fail",
    );
  });
});
