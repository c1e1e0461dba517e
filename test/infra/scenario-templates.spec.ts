import { expect } from "chai";
import { readdir } from "node:fs/promises";
import { scenarioTemplates } from "../../infra/scenario-templates.ts";

const folder = new URL("../../chaos/experiments/", import.meta.url);
const values = {
  duration: "PT5M",
  durationWithMargin: "PT10M",
  tableOutageDocumentArn: "arn:document",
  functionArns: ["arn:one", "arn:two"],
  apiFunctionArns: ["arn:one"],
};

async function foldersWith(file: string): Promise<string[]> {
  const paths = await readdir(folder, { recursive: true });
  return paths.flatMap((path) => (path.endsWith(`/${file}`) ? (path.split("/")[0] ?? "") : []));
}

describe("scenarioTemplates", () => {
  it("are those of every folder that has the file, under the folder's name", async () => {
    for (const [file, given] of [
      ["template.json", { retryFunctionName: "retry" }],
      ["aws-template.json", values],
    ] as const)
      expect(Object.keys(scenarioTemplates(file, given))).to.have.members(await foldersWith(file));
  });

  it("have the program's values: a text, a text within another, and several in a list", () => {
    const { outage, "slow-functions": slow } = scenarioTemplates("aws-template.json", values);
    expect(outage).to.have.nested.property("actions.deny-table.parameters").that.deep.equals({
      documentArn: "arn:document",
      documentParameters: '{"Duration":"PT5M"}',
      maxDuration: "PT10M",
    });
    expect(slow)
      .to.have.nested.property("targets.functions.resourceArns")
      .that.deep.equals(["arn:one", "arn:two"]);
  });

  it("leave out what this configuration has no value for", () => {
    const templates = scenarioTemplates("aws-template.json", {
      ...values,
      functionArns: undefined,
      apiFunctionArns: undefined,
    });
    expect(Object.keys(templates)).to.deep.equal(["outage"]);
  });

  it("are refused where they name what the program does not have", () => {
    expect(() => scenarioTemplates("template.json", { other: "x" })).to.throw(
      "chaos/experiments/retry-function-failure/template.json names ${retryFunctionName}; the program has values for other.",
    );
  });
});
