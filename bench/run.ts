/** `npm run bench`: see HELP. */
import { parseArgs } from "node:util";
import { fileURLToPath } from "node:url";
import { startCloudProcess } from "./cloud-process.ts";
import type { Measure, Measured } from "./figure.ts";
import { measureChecker } from "./figures/checker.ts";
import { measureDrill } from "./figures/drill.ts";
import { measureMemoryUnderLoad } from "./figures/memory-under-load.ts";
import { measureProductPosts } from "./figures/product-posts.ts";
import { measureQueueDrain } from "./figures/queue-drain.ts";
import { measureRawPuts } from "./figures/raw-puts.ts";
import { measureStart } from "./figures/start.ts";
import { median } from "./median.ts";
import { formatTable } from "./table.ts";

const HELP = `npm run bench [-- OPTIONS]

Measures the embedded cloud as its user meets it, npm run cloud and npm run chaos, and the checker.

  --baseline DIRECTORY  another checkout, measured in turn with this one and shown beside it
  --rounds N            medians of N rounds (default 3)
  --only NAME           start, posts, puts, drain, checker, memory or chaos
  --json                figures as JSON
  --help
`;

/** In the order in which they run; the longest last. */
const onRunningCloud: Readonly<Record<string, Measure>> = {
  posts: measureProductPosts,
  puts: measureRawPuts,
  drain: measureQueueDrain,
};

const { values: options } = parseArgs({
  options: {
    baseline: { type: "string" },
    rounds: { type: "string", default: "3" },
    only: { type: "string" },
    json: { type: "boolean", default: false },
    help: { type: "boolean", default: false },
  },
});
if (options.help) {
  process.stdout.write(HELP);
  process.exit(0);
}
const here = fileURLToPath(new URL("..", import.meta.url));
const checkouts = [here, ...(options.baseline === undefined ? [] : [options.baseline])];
const wanted = (name: string): boolean => options.only === undefined || options.only === name;

const columns = checkouts.map((directory) => ({
  directory,
  samples: new Map<string, Measured[]>(),
}));
for (let round = 0; round < Number(options.rounds); round++)
  for (const { directory, samples } of columns) {
    if (wanted("start")) keep(samples, await measureStart(directory));
    if (wanted("checker")) keep(samples, await measureChecker(directory));
    const measures = Object.entries(onRunningCloud).filter(([name]) => wanted(name));
    if (measures.length > 0) {
      const cloud = await startCloudProcess(directory);
      try {
        for (const [, measure] of measures) keep(samples, await measure(cloud));
      } finally {
        await cloud.stop();
      }
    }
  }
for (const { directory, samples } of columns) {
  if (wanted("memory")) {
    const cloud = await startCloudProcess(directory);
    try {
      keep(samples, await measureMemoryUnderLoad(cloud));
    } finally {
      await cloud.stop();
    }
  }
  if (wanted("chaos")) keep(samples, await measureDrill(directory));
}

const figures = columns.map(({ directory, samples }) => ({
  directory,
  figures: [...samples.values()].map((each) => ({
    ...(each[0] as Measured),
    value: median(each.map(({ value }) => value)),
  })),
}));
process.stdout.write(
  options.json ? `${JSON.stringify(figures, undefined, 2)}\n` : formatTable(figures),
);

function keep(samples: Map<string, Measured[]>, measured: readonly Measured[]): void {
  for (const each of measured) samples.set(each.name, [...(samples.get(each.name) ?? []), each]);
}
