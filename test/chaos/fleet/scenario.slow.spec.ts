import { expect } from "chai";
import {
  CreateBucketCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  S3Client,
} from "@aws-sdk/client-s3";
import { mkdir, readFile, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parse } from "yaml";
import { startCloud } from "../../../local/cloud.ts";
import { clientSettings } from "../../support/client-settings.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";
import { untilMet } from "../../support/until-met.ts";
import { runScript } from "../support/run-script.ts";

const contract = fileURLToPath(new URL("../../../chaos/workload-contract.ts", import.meta.url));

/** A workload whose application is the process's own memory. */
const workload = `import type { Workload } from ${JSON.stringify(contract)};
const table = new Map<string, string>();
const workload: Workload<{ key: string; text: string }> = {
  next: (key, n) => ({ key, text: String(n) }),
  effects: ({ key, text }) => [{ key, put: text }],
  send: ({ key, text }) => { table.set(key, text); return Promise.resolve({ status: 200, body: "" }); },
  truth: () => Promise.resolve({ table }),
};
export default workload;
`;

describe("outage-drill scenario", function () {
  this.timeout(60_000);

  it("writes what Artillery runs: each process records, ends and uploads its history", async () => {
    await using folder = await temporaryFolder();
    // The stack's cloud is not reached but for S3.
    const cloud = await startCloud();
    try {
      const { endpoint } = cloud;
      const s3 = new S3Client({ ...clientSettings(endpoint), forcePathStyle: true });
      await s3.send(new CreateBucketCommand({ Bucket: "histories" }));
      const [outputs, out] = [join(folder.path, "o.json"), join(folder.path, "scenario")];
      await writeFile(outputs, JSON.stringify({ region: "us-east-1", endpoint }));
      await mkdir(join(folder.path, "drill"));
      const file = join(folder.path, "drill", "workload.ts");
      await writeFile(file, workload);
      const args = ["--rate", "5", "--duration", "3s", "--outputs", outputs, "--workload", file];
      const command = [
        "command/scenario/cli.ts",
        [...args, "--out", out, "--upload", "s3://histories/run"],
      ] as const;
      const run = await runScript(...command);
      expect(run.code, run.stderr).to.equal(0);
      const script = parse(await readFile(join(out, "scenario.yml"), "utf8")) as {
        config: { phases: object[] };
      };
      expect(script.config.phases[0]).to.include({ duration: 3, arrivalRate: 5 });

      const histories = join(folder.path, "histories");
      process.env["OUTAGE_DRILL_HISTORIES"] = histories;
      const { send } = (await import(join(out, "processor.mjs"))) as { send(): Promise<void> };
      await Promise.all(Array.from({ length: 6 }, send));
      const key = await untilMet("the history is in S3", async () => {
        const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket: "histories" }));
        return Contents[0]?.Key;
      });
      const { Body } = await s3.send(new GetObjectCommand({ Bucket: "histories", Key: key }));
      const uploaded = (await Body?.transformToString()) ?? "";
      const [name = ""] = await readdir(histories);
      expect(key).to.equal(`run/${name}`);
      expect(uploaded).to.equal(await readFile(join(histories, name), "utf8"));
      expect(JSON.parse(uploaded.trimEnd().split("\n").at(-1) ?? "")).to.have.nested.property(
        "end.requests",
      );
      s3.destroy();

      const again = await runScript(...command);
      expect([again.code, again.stderr]).to.deep.equal([
        3,
        `${join(out, "scenario.yml")} exists: remove it, or write elsewhere with --out DIR.\n`,
      ]);
    } finally {
      delete process.env["OUTAGE_DRILL_HISTORIES"];
      await cloud.close();
    }
  });

  it("refuses what Artillery would not understand", async () => {
    const cases: readonly (readonly [string[], RegExp])[] = [
      [["--duration", "1500ms"], /Artillery counts whole seconds/],
      [["--rate", "0"], /--rate 0 sends nothing/],
      [["--upload", "bucket"], /--upload bucket is no place in S3/],
    ];
    for (const [args, message] of cases) {
      const { code, stderr } = await runScript("command/scenario/cli.ts", [
        ...["--rate", "1", "--duration", "1s", "--outputs", "x"],
        ...args,
      ]);
      expect([code, stderr.split("\n").length], stderr).to.deep.equal([3, 2]);
      expect(stderr).to.match(message);
    }
  });
});
