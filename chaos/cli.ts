import { createWriteStream } from "node:fs";
import { mkdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import type { Writable } from "node:stream";
import { fileURLToPath } from "node:url";
import { parseCliOptions, UsageError } from "./cli-options.ts";
import type { CliOptions } from "./cli-options.ts";
import { Drill, useDrill } from "./drill.ts";
import { experiments } from "./experiments/index.ts";
import type { Target } from "./harness/target.ts";
import { onInterrupt } from "./on-interrupt.ts";
import { summarize } from "./report/summary.ts";
import { formatTable } from "./report/table.ts";
import { toJson, writeSummary } from "./report/write-reports.ts";

const defaultReports = fileURLToPath(new URL("../reports", import.meta.url));
const names = experiments.map(({ name }) => name);

const help = `npm run chaos -- [options]

Runs the experiments against an embedded cloud and says whether every acknowledged write survived.

  --only NAME     run this experiment only (may be repeated): ${names.join(", ")}
  --json          print the result as JSON and nothing else on stdout
  --reports DIR   where journals, histories, the cloud's log and the result go; default: reports/
  --help          print this

Exit code: 0 all held, 1 something did not hold, 2 unknown, 3 could not run, 130 interrupted.
`;

async function main(): Promise<number> {
  const options = readOptions();
  if (typeof options === "number") return options;
  // Whatever a library prints, stdout has the JSON alone.
  if (options.json) console.log = console.info = console.error;
  const chosen = experiments.filter(
    ({ name }) => options.only.length === 0 || options.only.includes(name),
  );
  const reportsDirectory = resolve(options.reports ?? defaultReports);
  await mkdir(reportsDirectory, { recursive: true });
  const cloudLog = createWriteStream(join(reportsDirectory, "cloud.log"));
  const drill = new Drill({
    experiments: chosen,
    openTarget: (config) => openEmbeddedCloud(config, cloudLog),
    reportsDirectory,
  });
  const release = onInterrupt(drill);
  try {
    await runMocha(drill);
  } finally {
    await drill.close();
    cloudLog.end();
    release();
  }
  const summary = summarize(drill);
  await writeSummary(reportsDirectory, summary);
  if (options.json) process.stdout.write(toJson(summary));
  else console.log(`${formatTable(summary)}\n\nReports: ${reportsDirectory}`);
  for (const { experiment, anomalies } of summary.experiments)
    for (const anomaly of anomalies) console.error(`\n${experiment}: ${anomaly}`);
  return summary.exitCode;
}

function readOptions(): CliOptions | number {
  try {
    const options = parseCliOptions(process.argv.slice(2), names);
    if (!options.help) return options;
    process.stdout.write(help);
    return 0;
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    process.stderr.write(`${error.message}\n`);
    return 3;
  }
}

/** What the cloud logs, every fired fault among it, goes to a file of its own. */
async function openEmbeddedCloud(
  config: Readonly<Record<string, string>>,
  logFile: Writable,
): Promise<Target> {
  const { startDrillCloud } = await import("../local/drill-cloud.ts");
  const { createLog } = await import("../local/log.ts");
  return startDrillCloud({ port: 0, config, log: createLog(logFile) });
}

async function runMocha(drill: Drill): Promise<void> {
  const { default: Mocha } = await import("mocha");
  useDrill(drill);
  // Every wait of the harness has a deadline of its own.
  const mocha = new Mocha({ reporter: "spec", timeout: 0, slow: Infinity });
  mocha.addFile(fileURLToPath(new URL("chaos.spec.ts", import.meta.url)));
  await mocha.loadFilesAsync();
  await new Promise<void>((resolve) => {
    mocha.run(() => {
      resolve();
    });
  });
}

process.exitCode = await main().catch((error: unknown) => {
  process.stderr.write(`The drill could not run: ${String(error)}\n`);
  return 3;
});
