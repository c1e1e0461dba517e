import type { Drill } from "./drill.ts";

/**
 * On the first Ctrl-C (or SIGTERM) takes the fault back, says so and exits with 130; on the second
 * exits at once.
 *
 * @returns stops listening
 */
export function onInterrupt(drill: Drill): () => void {
  let interrupted = false;
  const onSignal = (signal: NodeJS.Signals) => {
    if (interrupted) process.exit(130);
    interrupted = true;
    process.stderr.write(`\n${signal}: stopping the experiment; once more to quit at once.\n`);
    void stop(drill, signal).then(
      (said) => {
        process.stderr.write(`${said}\n`);
        process.exit(130);
      },
      (error: unknown) => {
        process.stderr.write(`The fault may still be in effect: ${String(error)}\n`);
        process.exit(130);
      },
    );
  };
  process.on("SIGINT", onSignal).on("SIGTERM", onSignal);
  return () => {
    process.off("SIGINT", onSignal).off("SIGTERM", onSignal);
  };
}

async function stop(drill: Drill, signal: NodeJS.Signals): Promise<string> {
  const journals = await drill.interrupt(new Error(`Interrupted by ${signal}.`));
  await drill.close();
  const failed = journals
    .flatMap(({ rollbacks }) => rollbacks)
    .filter(({ status }) => status !== "passed");
  if (failed.length > 0)
    throw new Error(failed.map(({ name, error }) => `${name}: ${String(error)}`).join("; "));
  const ended = journals.flatMap(({ fault: { injector, id } }) =>
    id === undefined ? [] : [`${String(injector)}: ${id}`],
  );
  return ended.length === 0
    ? "Stopped; no fault had been injected."
    : `Stopped: ${ended.join(", ")} is over; no fault is left.`;
}
