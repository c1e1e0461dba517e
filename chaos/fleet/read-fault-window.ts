import { FisClient, GetExperimentCommand } from "@aws-sdk/client-fis";
import { UsageError } from "../../command-line/usage-error.ts";
import { CannotRunError } from "../cannot-run-error.ts";
import { clientConfig } from "../harness/aws-clients.ts";
import type { Target } from "../harness/target.ts";
import type { FaultWindow } from "./fault-window.ts";

/**
 * @param text two times with a slash between them, as ISO 8601 writes an interval
 * @throws UsageError
 */
export function parseFaultWindow(text: string): FaultWindow {
  const [from = "", to = "", ...rest] = text.split("/");
  const [fromMs, toMs] = [from, to].map((time) => toEpochMs(time.trim())) as [number, number];
  if (rest.length > 0 || !Number.isFinite(fromMs) || !Number.isFinite(toMs))
    throw new UsageError(
      `--fault-window ${text} is no interval: give two times with a slash between them, such as 2026-11-25T13:00:00Z/2026-11-25T13:05:00Z.`,
    );
  if (fromMs >= toMs) throw new UsageError(`--fault-window ${text} ends before it begins.`);
  return { fromMs, toMs, source: "--fault-window" };
}

/** A time without its zone would mean another one on each machine. */
function toEpochMs(text: string): number {
  if (/^\d{12,14}(\.\d+)?$/.test(text)) return Number(text);
  return /^\d{4}-\d\d-\d\dT.*(Z|[+-]\d\d:?\d\d)$/.test(text) ? Date.parse(text) : NaN;
}

export interface ExperimentWindow {
  readonly window: FaultWindow;
  readonly templateId: string;
  /** Why it may not have done what it was to do; undefined when it ran. */
  readonly problem?: string;
}

/**
 * When an experiment of FIS ran, as FIS says.
 *
 * @throws CannotRunError when FIS does not know it, or it is not over
 */
export async function experimentWindow(
  { endpoint, outputs }: Target,
  id: string,
): Promise<ExperimentWindow> {
  const config = clientConfig({ ...(endpoint && { endpoint }), region: outputs.region });
  const fis = new FisClient({ ...config, maxAttempts: 3 });
  try {
    const { experiment } = await fis.send(new GetExperimentCommand({ id }), {
      abortSignal: AbortSignal.timeout(20_000),
    });
    const { startTime, endTime, state, experimentTemplateId = "" } = experiment ?? {};
    if (!startTime || !endTime)
      throw new CannotRunError(
        `FIS experiment ${id} is ${state?.status ?? "unknown"}, not over: check the histories once it has ended.`,
      );
    const isFine = state?.status === "completed" || state?.status === "stopped";
    return {
      window: {
        fromMs: startTime.getTime(),
        toMs: endTime.getTime(),
        source: `FIS experiment ${id}`,
      },
      templateId: experimentTemplateId,
      ...(!isFine && {
        problem: `FIS experiment ${id} ${String(state?.status)}: ${state?.reason ?? "no reason given"}.`,
      }),
    };
  } catch (error) {
    if (error instanceof CannotRunError) throw error;
    throw new CannotRunError(
      `FIS does not tell when experiment ${id} ran (${(error as Error).message}); give the time with --fault-window FROM/TO.`,
      { cause: error },
    );
  } finally {
    fis.destroy();
  }
}
