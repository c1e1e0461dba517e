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
      "The stack empty has no value for the configuration key settings:count, which has no default: " +
        "set it in Pulumi.empty.yaml or with --config KEY=VALUE, or deploy the stack complete or " +
        "encrypted.",
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

  it("takes a stack that has no file, with the defaults that a new stack is offered", async () => {
    const { values } = await read("absent", { count: "1" });
    expect(values).to.deep.include({ "settings:count": "1", "settings:greeting": "hello" });
    const { values: ofFile } = await read("complete");
    expect(ofFile).not.to.have.property("settings:greeting");
  });

  it("offers a value to a key that is declared, or that nothing else gives a value", async () => {
    const offer = (overrides: Record<string, string>, offered: Record<string, string>) =>
      readConfig(folder, "complete", overrides, offered);
    const declared = await offer({ size: "big" }, { size: "small" });
    expect(declared.values).to.have.property("settings:size", "small");
    const undeclared = await offer({}, { endpoint: "http://127.0.0.1:1" });
    expect(undeclared.values).to.have.property("settings:endpoint", "http://127.0.0.1:1");
    const taken = await readConfig(
      new URL("programs/plain/", import.meta.url),
      "dev",
      {},
      {
        endpoint: "http://127.0.0.1:1",
      },
    );
    expect(taken.values).to.deep.equal({
      "plain:endpoint": "alarms@example.com",
      "plain:any": "thing",
      "aws:region": "eu-west-1",
    });
  });
});
