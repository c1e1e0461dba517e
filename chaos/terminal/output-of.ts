import { outputMode } from "./output-mode.ts";
import type { OutputMode } from "./output-mode.ts";
import { painter, wantsColor } from "./paint.ts";
import type { Paint } from "./paint.ts";

/** Where and how a drill is shown, and its result. */
export interface Output {
  readonly env: NodeJS.ProcessEnv;
  readonly stream: NodeJS.WriteStream;
  readonly mode: OutputMode;
  readonly isColored: boolean;
  readonly paint: Paint;
  /** Columns that a line may have. */
  readonly width: number;
  /** Prints a line. */
  print(line: string): void;
}

const usualWidth = 80;
/** What is wider is hard to read. */
const maxWidth = 120;
const minWidth = 20;

/** With `--json` stdout is for the result alone, and everything else goes to stderr. */
export function outputOf(
  { json, verbose }: { readonly json: boolean; readonly verbose: boolean },
  env: NodeJS.ProcessEnv = process.env,
): Output {
  const stream = (json ? process.stderr : process.stdout) as NodeJS.WriteStream & {
    readonly isTTY?: boolean;
  };
  const isTerminal = stream.isTTY;
  const isColored = wantsColor(env, isTerminal);
  return {
    env,
    stream,
    mode: outputMode({ env, isTerminal, verbose }),
    isColored,
    paint: painter(isColored),
    get width() {
      const columns = isTerminal ? stream.columns : usualWidth;
      return Math.min(Math.max(columns, minWidth), maxWidth);
    },
    print(line) {
      stream.write(`${line}\n`);
    },
  };
}
