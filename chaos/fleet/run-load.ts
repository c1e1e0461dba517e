import { UsageError } from "../../command-line/usage-error.ts";
import { CannotRunError } from "../cannot-run-error.ts";
import { paceOf } from "../harness/pace.ts";
import type { Stack } from "../harness/stack.ts";
import type { Placement } from "../harness/stores.ts";
import { testWorkload } from "../harness/self-test.ts";
import { isAws } from "../harness/target.ts";
import { loadWorkload } from "../load-workload.ts";
import productWorkload from "../workload.ts";
import type { Workload } from "../workload-contract.ts";
import { FleetWorker } from "./fleet-worker.ts";
import { HELP, parseLoadOptions } from "./load-options.ts";
import type { LoadOptions } from "./load-options.ts";
import { openFleetStack } from "./open-fleet-stack.ts";

const heartbeatMs = 15_000;

/**
 * `outage-drill load`: sends what its options say.
 *
 * @param signal aborts when the user interrupts
 * @returns the exit code
 */
export async function runLoad(args: readonly string[], signal: AbortSignal): Promise<number> {
  try {
    const options = parseLoadOptions(args);
    if (options) await load(options, signal);
    else process.stdout.write(HELP);
    return 0;
  } catch (error) {
    if (signal.aborted) {
      process.stderr.write(`${(signal.reason as Error).message}\n`);
      return String(signal.reason).includes("SIGTERM") ? 143 : 130;
    }
    const isSentence = error instanceof UsageError || error instanceof CannotRunError;
    process.stderr.write(
      `${isSentence ? error.message : `The load could not be sent: ${String(error)}`}\n`,
    );
    return 3;
  }
}

async function load(options: LoadOptions, signal: AbortSignal): Promise<void> {
  const workload =
    options.workload === undefined
      ? (productWorkload as Workload)
      : await loadWorkload(options.workload);
  const stack = await openFleetStack(options.outputs, options.endpoint);
  try {
    if (isAws(stack.target) && !options.allowAws)
      throw new CannotRunError(
        `The stack is on AWS, as far as its outputs tell: ${String(options.writesPerSecond)} writes a second for ${String(options.durationMs / 1000)} s would go to it; say --allow-aws, or where its emulator is with --endpoint URL.`,
      );
    const placement =
      options.worker === 1 ? await tryOut(workload, stack, options, signal) : undefined;
    await send({ workload, stack, placement, options, signal });
  } finally {
    await stack.close();
  }
}

/**
 * As a drill does before any fault: what is acknowledged has to show. The first worker does it for all, and
 * what those have sent may be pending meanwhile.
 */
function tryOut(
  workload: Workload,
  stack: Stack,
  { timeoutMs, seed }: LoadOptions,
  signal: AbortSignal,
): Promise<Placement> {
  const tried = workload.pending
    ? (Object.create(workload, { pending: { value: () => Promise.resolve({}) } }) as Workload)
    : workload;
  return testWorkload(tried, stack.app.during(signal), {
    keyPrefix: `self-test-${seed}-${String(Date.now())}-`,
    timeoutMs,
    deadlineMs: paceOf(stack.target).deadlineMs,
  });
}

async function send({
  workload,
  stack,
  placement,
  options,
  signal,
}: {
  readonly workload: Workload;
  readonly stack: Stack;
  readonly placement: Placement | undefined;
  readonly options: LoadOptions;
  readonly signal: AbortSignal;
}): Promise<void> {
  const { writesPerSecond, durationMs } = options;
  const readsPerSecond = workload.read ? options.readsPerSecond : 0;
  const name = `Worker ${String(options.worker)}/${String(options.workers)}`;
  const worker = await FleetWorker.start({
    ...options,
    ...{ workload, stack, placement, readsPerSecond, signal },
  });
  console.log(
    `${name}: ${String(writesPerSecond)} writes and ${String(readsPerSecond)} reads a second for ${String(durationMs / 1000)} s. Seed: ${options.seed}. History: ${options.history}`,
  );
  const heartbeat = setInterval(() => {
    console.log(`${name}: ${String(worker.requests)} requests so far.`);
  }, heartbeatMs);
  try {
    await worker.send({ writesPerSecond, readsPerSecond }, durationMs);
  } finally {
    clearInterval(heartbeat);
    await worker.close();
    console.log(`${name}: ${String(worker.requests)} requests. History: ${options.history}`);
  }
}
