import type { Drill } from "../drill.ts";
import { beforeWrites } from "./before-writes.ts";
import { LiveScreen } from "./live-screen.ts";
import { liveFrame, overLine } from "./live-frame.ts";
import type { Paint } from "./paint.ts";
import { RunProgress } from "./run-progress.ts";

const frameMs = 200;
const endings = ["SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT"] as const;

/** Something that shows how a drill goes on, until it is told to stop. */
export interface Follower {
  stop(): void;
}

export interface FollowLiveOptions {
  readonly terminal: NodeJS.WriteStream;
  readonly lanes: number;
  readonly paint: Paint;
}

/**
 * Shows a drill on a terminal, in place. The drill does not depend on it: it only reads, and what fails
 * here ends the display. At a signal it leaves the screen to what is printed then.
 */
export function followLive(
  drill: Pick<Drill, "runs">,
  { terminal, lanes, paint }: FollowLiveOptions,
): Follower {
  const write = terminal.write.bind(terminal);
  const screen = new LiveScreen({
    write,
    get columns() {
      return terminal.columns;
    },
    get rows() {
      return terminal.rows;
    },
  });
  // A workload may print, and so does the drill about what it finds on a stack.
  const streams = [process.stdout, process.stderr].filter(({ isTTY }) => isTTY);
  const restore = beforeWrites(streams, () => {
    screen.erase();
  });
  const startedMs = performance.now();
  let readyMs: number | undefined;
  let above: RunProgress[] = [];
  const runs = drill.runs.map(
    (run) =>
      new RunProgress(run, (progress) => {
        if (progress.state === "running") readyMs ??= performance.now();
        if (progress.state === "over") above.push(progress);
      }),
  );

  const draw = (isLast = false) => {
    try {
      const { columns, rows } = screen;
      const over = above.map((progress) => overLine(progress, columns, paint));
      above = [];
      const nowMs = performance.now();
      const options = { columns, rows, lanes, paint, startedMs, nowMs, readyMs };
      screen.draw(over, isLast ? [] : liveFrame(runs, options));
    } catch {
      leave();
    }
  };
  // Whatever a shell has printed while the drill was stopped is no part of the frame.
  const onContinue = () => {
    screen.leave();
  };
  const leave = () => {
    clearInterval(timer);
    restore();
    process.off("SIGCONT", onContinue);
    for (const signal of endings) process.off(signal, leave);
  };
  const timer = setInterval(draw, frameMs).unref();
  process.on("SIGCONT", onContinue);
  for (const signal of endings) process.prependListener(signal, leave);
  return {
    stop() {
      draw(true);
      leave();
    },
  };
}
