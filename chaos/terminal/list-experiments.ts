import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isForeign } from "../cli-options.ts";
import type { CliOptions } from "../cli-options.ts";
import { experiments } from "../experiments/index.ts";
import type { Experiment } from "../harness/experiment.ts";
import { foreignExperiments } from "../targets/open-foreign.ts";
import { cut } from "./cut.ts";

const width = 80;

/**
 * `npm run chaos -- --list`: the experiments that there are, a line each. Those of a workload of one's own
 * follow from its stack, which is deployed for that where it does not exist.
 *
 * @throws CannotRunError
 */
export async function listExperiments(options: CliOptions): Promise<string> {
  if (!isForeign(options)) return format(groupsOf(experiments), options);
  const directory = await mkdtemp(join(tmpdir(), "outage-drill-list-"));
  try {
    const fitting = await foreignExperiments(options, {
      reportsDirectory: directory,
      seed: "list",
    });
    return format([["Experiments that fit this stack", fitting]], options);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

type Group = readonly [heading: string, experiments: readonly Experiment[]];

function groupsOf(all: readonly Experiment[]): readonly Group[] {
  const isStandard = ({ inStandardSet, template }: Experiment) =>
    inStandardSet === true && template !== undefined;
  return [
    ["Standard set", all.filter(isStandard)],
    [
      "With --all, or --only NAME",
      all.filter((each) => !isStandard(each) && each.template !== undefined),
    ],
    [
      "By AWS's own actions alone, with --rehearse-aws or on AWS",
      all.filter(({ template }) => template === undefined),
    ],
  ];
}

function format(groups: readonly Group[], { json }: Pick<CliOptions, "json">): string {
  if (json) {
    const named = groups.flatMap(([group, list]) =>
      list.map(({ name, title, hypothesis }) => ({ name, title, hypothesis, group })),
    );
    return `${JSON.stringify(named, undefined, 2)}\n`;
  }
  return `${groups
    .filter(([, list]) => list.length > 0)
    .map(([heading, list]) => {
      const names = Math.max(...list.map(({ name }) => name.length));
      const lines = list.map(({ name, title }) => cut(`  ${name.padEnd(names)}  ${title}`, width));
      return [`${heading}:`, ...lines].join("\n");
    })
    .join("\n\n")}\n`;
}
