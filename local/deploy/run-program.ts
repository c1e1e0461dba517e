import * as pulumi from "@pulumi/pulumi";
import * as pulumiState from "@pulumi/pulumi/runtime/state.js";
import { catchRejections } from "./catch-rejections.ts";
import { refuseRemote } from "./refuse-remote.ts";
import { stopOnFirstFailure } from "./stop-on-first-failure.ts";

/**
 * Gives a callback, and all that follows from it, Pulumi state and configuration of its own. The
 * Automation API does this for its inline programs; the SDK's type declarations leave it out.
 */
const { withLocalStorage } = pulumiState as unknown as {
  withLocalStorage<Result>(callback: () => Result): Result;
};

export interface ProgramRun {
  /** The program's entry module. */
  readonly programUrl: URL;
  readonly project: string;
  readonly stack: string;
  /** Full key → value. */
  readonly config: Readonly<Record<string, string>>;
  /** Whether it is a preview; outputs may then be unknown. Default: no. */
  readonly preview?: boolean;
  /** Creates resources and answers invokes. */
  readonly mocks: pulumi.runtime.Mocks;
  readonly timeoutMs: number;
}

let runCount = 0;

/**
 * Runs a Pulumi program in this process, without the CLI. Runs do not see each other: each has its
 * own Pulumi state, and the entry module is evaluated anew for it. The modules that the entry module
 * imports are evaluated once, so they must not create resources or read configuration by themselves.
 *
 * @returns what the program exports, resolved, once every resource is there
 * @throws the first error of the program or of the mocks, or that it took longer than its time; or
 * what no mocks can carry out, a sentence each (see refuseRemote)
 */
export async function runProgram(run: ProgramRun): Promise<Record<string, unknown>> {
  const { mocks, failed, underWay, settled } = stopOnFirstFailure(run.mocks);
  const timeout = Promise.withResolvers<never>();
  const timer = setTimeout(() => {
    timeout.reject(
      new Error(
        `The program was not deployed within ${String(run.timeoutMs / 1000)} s; under way: ` +
          (underWay().join(", ") || "nothing, so it waits for an output that never comes") +
          ".",
      ),
    );
  }, run.timeoutMs);
  const refused: string[] = [];
  try {
    return await Promise.race([
      failed,
      timeout.promise,
      catchRejections(() => withLocalStorage(() => evaluate(run, mocks, refused))),
    ]);
  } catch (error) {
    // A program that goes on without what was refused may fail for the lack of it.
    throw refusal(refused) ?? error;
  } finally {
    clearTimeout(timer);
    await settled();
  }
}

async function evaluate(
  run: ProgramRun,
  mocks: pulumi.runtime.Mocks,
  refused: string[],
): Promise<Record<string, unknown>> {
  await pulumi.runtime.setMocks(mocks, run.project, run.stack, run.preview ?? false);
  refuseRemote(run, refused);
  pulumi.runtime.setAllConfig(run.config);
  runCount += 1;
  const address = new URL(run.programUrl);
  address.searchParams.set("run", String(runCount));
  const outputs = (await pulumi.runtime.runInPulumiStack(async () => {
    const exported = (await import(address.href)) as Record<string, unknown>;
    const program = exported.default ?? exported;
    return typeof program === "function" ? (program as () => unknown)() : program;
  })) as Record<string, unknown> | undefined;
  // The outputs may be there before resources on which none of them depends.
  await pulumi.runtime.disconnect();
  const error = refusal(refused);
  if (error !== undefined) throw error;
  return outputs ?? {};
}

function refusal(sentences: readonly string[]): Error | undefined {
  return sentences.length === 0 ? undefined : new Error(sentences.join("\n"));
}
