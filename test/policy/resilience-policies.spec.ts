import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { expect } from "chai";
import { startAnalyzer } from "../../policy/evaluate/analyzer.ts";
import { PACK_URL, resourcesOf } from "./support/analyze.ts";

const PROJECT = fileURLToPath(new URL("../../", import.meta.url));

describe("resiliencePolicies", function () {
  this.timeout(60_000);

  let folder: string;

  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "pack-"));
    await cp(fileURLToPath(new URL("boot.cjs", PACK_URL)), path.join(folder, "boot.cjs"));
    await writeFile(
      path.join(folder, "index.ts"),
      `import { PolicyPack } from "@pulumi/policy";
import { resiliencePolicies } from "outage-drill/policy";
new PolicyPack("ours", { policies: resiliencePolicies, enforcementLevel: "advisory" });
`,
    );
    await writeFile(
      path.join(folder, "package.json"),
      JSON.stringify({ name: "ours", version: "1.0.0", type: "module", main: "boot.cjs" }),
    );
    await mkdir(path.join(folder, "node_modules"));
    for (const name of ["@pulumi", "tsx"])
      await symlink(
        path.join(PROJECT, "node_modules", name),
        path.join(folder, "node_modules", name),
      );
    await symlink(PROJECT, path.join(folder, "node_modules", "outage-drill"));
  });
  after(() => rm(folder, { recursive: true, force: true }));

  it("make a pack of another repository, with its levels", async () => {
    const analyzer = await startAnalyzer(pathToFileURL(folder + path.sep));
    try {
      expect(analyzer.rules.map(({ name }) => name)).to.include("queue-has-dead-letter-queue");
      const resources = (await resourcesOf("local", "update")).map((resource) =>
        resource.name === "write-buffer-queue"
          ? {
              ...resource,
              inputs: { ...resource.inputs, visibilityTimeoutSeconds: 5 },
              outputs: { ...resource.outputs, visibilityTimeoutSeconds: 5 },
            }
          : resource,
      );
      const { diagnostics } = await analyzer.analyze(resources);
      expect(diagnostics.map(({ rule, level }) => `${rule} ${level}`)).to.deep.equal([
        "queue-visibility-covers-function advisory",
      ]);
    } finally {
      await analyzer.stop();
    }
  });
});
