import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, readdir, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CreateFunctionCommand, LambdaClient } from "@aws-sdk/client-lambda";
import { expect } from "chai";
import { startCloudProcess } from "../e2e/support/start-cloud-process.ts";
import { clientSettings } from "../support/client-settings.ts";
import { anyRole, zipOf } from "./lambda/start-lambda.ts";

describe("Temporary files of the embedded cloud", () => {
  let TMPDIR: string;
  beforeEach(async () => (TMPDIR = await mkdtemp(join(tmpdir(), "outage-drill-folders-"))));
  afterEach(() => rm(TMPDIR, { recursive: true }));

  const start = () => startCloudProcess(["--no-deploy"], { ...process.env, TMPDIR });
  async function createFunction(endpoint: string): Promise<void> {
    const client = new LambdaClient(clientSettings(endpoint));
    await client.send(
      new CreateFunctionCommand({
        FunctionName: "any",
        Runtime: "nodejs24.x",
        Role: anyRole,
        Handler: "index.handler",
        Code: { ZipFile: zipOf("export const handler = () => 1;") },
      }),
    );
    client.destroy();
  }
  /** Folders of clouds, in the one folder of the user's. */
  async function folders(): Promise<string[]> {
    const [parent = "", ...others] = (await readdir(TMPDIR)).filter((name) =>
      name.startsWith("outage-drill-"),
    );
    expect(others).to.deep.equal([]);
    expect((await stat(join(TMPDIR, parent))).mode & 0o777).to.equal(0o700);
    return (await readdir(join(TMPDIR, parent))).filter((name) => /^\d/.test(name)).sort();
  }

  it("are in one private folder, and are gone when it has stopped", async () => {
    const cloud = await start();
    await createFunction(cloud.endpoint);
    expect(await folders()).to.have.length(1);
    await cloud.stop();
    expect(await folders()).to.deep.equal([]);
  }).timeout(60_000);

  it("of one that was killed are removed by the next one, and those of a living one are not", async () => {
    const living = await start();
    await createFunction(living.endpoint);
    const [kept = ""] = await folders();
    const parent = (await readdir(TMPDIR)).find((name) => name.startsWith("outage-drill-")) ?? "";
    const gone = spawn(process.execPath, ["-e", ""]);
    await once(gone, "exit");
    // One whose process is gone, and one whose process id another process has by now.
    for (const name of [`${String(gone.pid)}-1`, `${String(process.pid)}-1`])
      await mkdir(join(TMPDIR, parent, name, "function-any"), { recursive: true });
    const next = await start();
    await createFunction(next.endpoint);
    const after = await folders();
    expect(after).to.have.length(2).and.to.include(kept);
    expect(after).not.to.include(`${String(process.pid)}-1`);
    await Promise.all([living.stop(), next.stop()]);
    expect(await folders()).to.deep.equal([]);
  }).timeout(90_000);
});
