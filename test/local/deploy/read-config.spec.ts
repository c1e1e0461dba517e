import { expect } from "chai";
import { readConfig } from "../../../local/deploy/read-config.ts";
import { failureOf } from "../../support/failure-of.ts";

const folder = new URL("programs/settings/", import.meta.url);
const read = (stack: string, overrides?: Record<string, string>) =>
  readConfig(folder, stack, overrides);
const messageOf = async (stack: string, overrides?: Record<string, string>) =>
  (await failureOf(read(stack, overrides))).message;

describe("readConfig", () => {
  it("takes defaults, then the stack's values, then overrides", async () => {
    expect(await read("complete", { count: "3" })).to.deep.equal({
      project: "settings",
      values: {
        "settings:size": "small",
        "settings:count": "3",
        "settings:enabled": "true",
        "settings:list": '["a","b"]',
        "aws:region": "eu-north-1",
        "pulumi:disable-default-providers": '["aws"]',
      },
    });
  });

  it("names a key that is not declared", async () => {
    expect(await messageOf("complete", { sizes: "big" })).to.equal(
      "The configuration key sizes is not declared in Pulumi.yaml; " +
        "declared are size, count, enabled, list, region.",
    );
  });

  it("names a key that has neither value nor default", async () => {
    expect(await messageOf("empty")).to.equal(
      "The stack empty has no value for the configuration key settings:count, which has no default.",
    );
  });

  it("names a value of the wrong type", async () => {
    expect(await messageOf("complete", { count: "many" })).to.equal(
      'The configuration key settings:count is "many", which is not of type integer.',
    );
    expect(await messageOf("complete", { enabled: "yes" })).to.contain("not of type boolean");
  });

  it("refuses an encrypted value", async () => {
    expect(await messageOf("encrypted")).to.match(/^The configuration key .*size is encrypted/);
  });

  it("names a stack that has no file", async () => {
    expect(await messageOf("absent")).to.contain("Pulumi.absent.yaml");
  });
});
