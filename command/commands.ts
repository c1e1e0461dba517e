/** A command of `outage-drill`: a program that `npm run` starts as well. */
export interface Command {
  /** One line of the help. */
  readonly summary: string;
  /** Its main module. */
  readonly main: URL;
  /** Options of Node.js that it runs with where it starts itself over. */
  readonly nodeOptions?: readonly string[];
}

/** On two cores the collector's helper threads compete with the functions; see docs/decisions.md. */
const underLoad = ["--single-threaded-gc", "--max-semi-space-size=8"];

/** Name → command, in the order of the help. */
export const commands: Readonly<Record<string, Command>> = {
  run: {
    summary: "run the experiments, and say whether every acknowledged write survived",
    main: new URL("../chaos/cli.ts", import.meta.url),
    nodeOptions: underLoad,
  },
  cloud: {
    summary: "start the embedded cloud, an AWS endpoint on this machine",
    main: new URL("../local/start.js", import.meta.url),
    nodeOptions: underLoad,
  },
  load: {
    summary: "send a workload's requests, as one of several processes that each write a history",
    main: new URL("./load/cli.ts", import.meta.url),
    nodeOptions: underLoad,
  },
  scenario: {
    summary: "write a scenario for Artillery that sends a workload's requests",
    main: new URL("./scenario/cli.ts", import.meta.url),
  },
  check: {
    summary: "judge the histories of several processes against the stores of their stack",
    main: new URL("./check/cli.ts", import.meta.url),
  },
  policy: {
    summary: "check a Pulumi program against the resilience rules",
    main: new URL("../policy/cli.ts", import.meta.url),
  },
  redrive: {
    summary: "move the messages of a dead-letter queue back to their queue",
    main: new URL("../chaos/redrive.ts", import.meta.url),
  },
  report: {
    summary: "draw the report of a run again, and compare it with another run",
    main: new URL("../chaos/html/cli.ts", import.meta.url),
  },
  init: {
    summary: "read a Pulumi program, and draft its workload in drill/workload.ts",
    main: new URL("./init/cli.ts", import.meta.url),
  },
  doctor: {
    summary: "check what a drill needs on this machine and in this folder",
    main: new URL("./doctor/cli.ts", import.meta.url),
  },
};
