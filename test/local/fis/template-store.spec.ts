import { expect } from "chai";
import { createTemplateStore } from "../../../local/services/fis/template-store.ts";
import { AwsError } from "../../../local/wire/aws-error.ts";

const definition = {
  description: "A template of a test",
  stopConditions: [],
  targets: {},
  actions: {},
  roleArn: "arn:aws:iam::000000000000:role/ExperimentRole",
  emptyTargetResolutionMode: "fail",
} as const;

describe("FIS template store", () => {
  it("holds 500 templates of a region and refuses the next until one is deleted", () => {
    const store = createTemplateStore();
    const create = (region: string) => store.create(region, definition, {});
    const templates = Array.from({ length: 500 }, () => create("us-east-1"));
    expect(() => create("us-east-1"))
      .to.throw(AwsError, "There are 500 experiment templates; delete some.")
      .that.includes({ code: "ServiceQuotaExceededException", status: 402 });
    create("eu-west-1");
    const [first] = templates;
    if (first) store.delete(first);
    create("us-east-1");
  });
});
