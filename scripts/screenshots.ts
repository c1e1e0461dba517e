/**
 * Writes docs/images/report.png, the picture in the README, from a real run: `npm run screenshots`. It is
 * of examples/counter, which loses increments; `--run DIR` takes a run that exists.
 */
import { spawnSync } from "node:child_process";
import { mkdir, mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { findRunFolder } from "../chaos/html/find-run-folder.ts";
import { findChromium } from "../test/browser/chromium.ts";

const project = fileURLToPath(new URL("..", import.meta.url));
const picture = join(project, "docs", "images", "report.png");
const mostBytes = 200_000;

const chromium = findChromium();
if (chromium === undefined) throw new Error("This needs Chromium on the PATH.");
const scratch = await mkdtemp(join(tmpdir(), "outage-drill-screenshots-"));
try {
  const [option, folder, ...rest] = process.argv.slice(2);
  const isGiven = option === "--run" && folder !== undefined && rest.length === 0;
  const run = isGiven ? await findRunFolder(folder) : drill();
  await mkdir(dirname(picture), { recursive: true });
  const { status } = spawnSync(
    chromium,
    [
      ...["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"],
      ...[
        "--hide-scrollbars",
        "--blink-settings=preferredColorScheme=1",
        "--window-size=1120,1120",
      ],
      ...[`--user-data-dir=${join(scratch, "browser")}`, `--screenshot=${picture}`],
      pathToFileURL(join(run, "report.html")).href,
    ],
    { stdio: "ignore", timeout: 60_000 },
  );
  if (status !== 0) throw new Error(`${chromium} took no picture.`);
  const { size } = await stat(picture);
  if (size > mostBytes)
    throw new Error(`${picture} has ${String(size)} bytes, not 200 kB at most.`);
  console.log(`${picture}: ${String(Math.round(size / 1000))} kB`);
} finally {
  await rm(scratch, { recursive: true, force: true });
}

function drill(): string {
  const reports = join(scratch, "reports");
  const args = ["--program", "examples/counter", "--only", "dynamodb-slow", "--reports", reports];
  spawnSync(process.execPath, ["chaos/cli.ts", ...args], { cwd: project, stdio: "inherit" });
  return reports;
}
