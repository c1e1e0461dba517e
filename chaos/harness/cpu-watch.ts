/** One measurement: how many times longer than its own CPU time a short task took. */
export interface CpuSample {
  /** Milliseconds since the epoch. */
  readonly atMs: number;
  /** 1 on an idle machine; 3 when the task had to share its core with two others. */
  readonly slowdown: number;
}

const intervalMs = 250;
/** Milliseconds of CPU time: longer than a scheduler's shortest turn, and 1 % of a core in all. */
const taskMs = 3;
const roundsBetweenLooks = 20_000;
/** From here on the CPU time that a service gets is a matter of luck. */
const busySlowdown = 2;
/** From here on, in one sample of ten, what is slow may be slow because of the machine. */
const momentarySlowdown = 1.5;
const fewestSamples = 4;

/**
 * Measures whether this machine has time for what is asked of it. A service on a busy machine answers
 * late, gives calls up and takes its own way out, as it does when a cloud fails: what is then seen is
 * the machine's doing and not the application's.
 */
export class CpuWatch {
  readonly samples: CpuSample[] = [];
  readonly #timer: NodeJS.Timeout;

  constructor(nowMs: () => number) {
    this.#timer = setInterval(() => {
      this.samples.push({ atMs: nowMs(), slowdown: measureSlowdown() });
    }, intervalMs);
    this.#timer.unref();
  }

  /** So large a share of the samples since then is at most this slow; undefined while there are too few. */
  quantileSince(sinceMs: number, share: number): number | undefined {
    const since = this.samples.filter(({ atMs }) => atMs >= sinceMs);
    if (since.length < fewestSamples) return undefined;
    const sorted = since.map(({ slowdown }) => slowdown).sort((a, b) => a - b);
    return sorted[Math.floor((sorted.length - 1) * share)];
  }

  /** Why nothing that was expected since then can be judged; undefined when it can. */
  busySince(sinceMs: number): string | undefined {
    const median = this.quantileSince(sinceMs, 0.5);
    return median !== undefined && median >= busySlowdown
      ? `The machine is too busy to judge by: programs take ${median.toFixed(1)} times as long as on an idle one.`
      : undefined;
  }

  /** Why what was slow since then may be the machine's doing; undefined when it cannot. */
  slowSince(sinceMs: number): string | undefined {
    const worst = this.quantileSince(sinceMs, 0.9);
    return worst !== undefined && worst >= momentarySlowdown
      ? `The machine is too busy to judge times by: for a tenth of the run, programs take ${worst.toFixed(1)} times as long as on an idle one, or longer.`
      : undefined;
  }

  close(): void {
    clearInterval(this.#timer);
  }
}

function measureSlowdown(): number {
  const startedMs = performance.now();
  const before = process.threadCpuUsage();
  for (;;) {
    for (let round = 0; round < roundsBetweenLooks; round++);
    const { user, system } = process.threadCpuUsage(before);
    const cpuMs = (user + system) / 1000;
    if (cpuMs >= taskMs) return (performance.now() - startedMs) / cpuMs;
  }
}
