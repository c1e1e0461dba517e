import { catchRejections } from "./catch-rejections.ts";
import { loadEntry } from "./load-entry.ts";
import { missingFromProgram } from "./missing-from-program.ts";
import { openProgram, type PulumiProgram } from "./open-program.ts";
import { ProblemCollector } from "./problem-collector.ts";
import type { ProgramEngine } from "./program-engine.ts";
import { loadPulumi, type PulumiSdk } from "./pulumi-sdk.ts";
import { runBeforeExit } from "./run-before-exit.ts";
import { refuseRemote } from "./refuse-remote.ts";
import { serveMonitor } from "./serve-monitor.ts";

export interface ProgramRun {
  /** The program's folder, with Pulumi.yaml, or its entry module. */
  readonly programUrl: URL;
  readonly project: string;
  readonly stack: string;
  /** Full key → value. */
  readonly config: Readonly<Record<string, string>>;
  /** Whether it is a preview; outputs may then be unknown. Default: no. */
  readonly preview?: boolean;
  /** Creates resources and answers invokes. */
  readonly engine: ProgramEngine;
  readonly timeoutMs: number;
}

/**
 * Runs a Pulumi program in this process, without the CLI, on the `@pulumi/pulumi` that the program
 * itself finds. Runs do not see each other: each has its own Pulumi state, and the entry module is
 * evaluated again for it (see loadEntry). ES modules that it imports are evaluated once, so they must
 * not create resources or read configuration on their own when a program is run several times.
 *
 * @returns what the program exports, resolved, once every resource is there
 * @throws everything that was in the way, a sentence each: errors of the engine, and what no engine in
 * this process can carry out (see refuseRemote); or the program's own error, or that it took longer than
 * its time
 */
export async function runProgram(run: ProgramRun): Promise<Record<string, unknown>> {
  const program = await openProgram(run.programUrl);
  const sdk = loadPulumi(program.entry);
  const problems = new ProblemCollector(() => {
    sdk.previewFromHere();
  });
  const timeout = Promise.withResolvers<never>();
  const timer = setTimeout(() => {
    timeout.reject(
      new Error(
        `The program was not deployed within ${String(run.timeoutMs / 1000)} s; under way: ` +
          (problems.underWay().join(", ") ||
            "nothing, so it waits for an output that never comes") +
          ".",
      ),
    );
  }, run.timeoutMs);
  try {
    const outputs = await Promise.race([
      timeout.promise,
      evaluateToTheEnd(run, program, sdk, problems),
    ]);
    const error = problems.toError();
    if (error !== undefined) throw error;
    return outputs;
  } catch (error) {
    // A program that goes on without what was refused may fail for the lack of it.
    throw problems.toError(error) ?? error;
  } finally {
    clearTimeout(timer);
    await problems.settled();
  }
}

/** What stands for a value that the program needs and nobody gives, while it is looked through. */
const PLACEHOLDERS = ["0", "true"];

/**
 * A program stops at the first configuration key that it misses. To find the others, and whatever else
 * is in the way, it is then run again as a preview with something in place of that key.
 */
async function evaluateToTheEnd(
  run: ProgramRun,
  program: PulumiProgram,
  sdk: PulumiSdk,
  problems: ProblemCollector,
): Promise<Record<string, unknown>> {
  const missed = new Map<string, number>();
  for (;;) {
    const config = { ...run.config };
    for (const [key, tried] of missed) config[key] = PLACEHOLDERS[tried] ?? "";
    try {
      return await catchRejections(() =>
        sdk.withLocalStorage(() => evaluate({ ...run, config }, program, sdk, problems)),
      );
    } catch (error) {
      const missing = missingFromProgram(error, program.entry);
      if (missing?.key !== undefined && !missed.has(missing.key)) {
        missed.set(missing.key, 0);
        problems.add(new Error(missing.sentence));
      } else if (!tryAnother(missed, error)) {
        throw missing === undefined ? error : new Error(missing.sentence, { cause: error });
      }
    }
  }
}

/** Where a placeholder is of the wrong type, takes the next one for it. */
function tryAnother(missed: Map<string, number>, error: unknown): boolean {
  const message = error instanceof Error ? error.message : "";
  const key = /^Configuration '([^']+)' value/.exec(message)?.[1] ?? "";
  const tried = missed.get(key);
  if (tried === undefined || tried + 1 >= PLACEHOLDERS.length) return false;
  missed.set(key, tried + 1);
  return true;
}

/** A run takes what it needs from its engine alone. */
const noMocks = {
  newResource: () => ({ id: undefined, state: {} }),
  call: () => ({}),
};

async function evaluate(
  run: ProgramRun,
  program: PulumiProgram,
  sdk: PulumiSdk,
  problems: ProblemCollector,
): Promise<Record<string, unknown>> {
  const { runtime } = sdk.pulumi;
  const preview = (run.preview ?? false) || problems.hasProblems;
  await runtime.setMocks(noMocks, run.project, run.stack, preview);
  serveMonitor(sdk, run.engine, problems);
  refuseRemote(sdk, problems);
  runtime.setAllConfig(run.config);
  const outputs = (await runtime.runInPulumiStack(async () => {
    const exported = await loadEntry(program, sdk.folder);
    return typeof exported === "function" ? (exported as () => unknown)() : exported;
  })) as Record<string, unknown> | undefined;
  // Not part of the SDK's types; it waits for what is under way, as `disconnect` does.
  await (runtime as { waitForRPCs?(): Promise<void> }).waitForRPCs?.();
  runBeforeExit();
  // The outputs may be there before resources on which none of them depends.
  await runtime.disconnect();
  return outputs ?? {};
}
