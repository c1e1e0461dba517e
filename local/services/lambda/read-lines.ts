import type { Readable } from "node:stream";
import { StringDecoder } from "node:string_decoder";
import { setImmediate } from "node:timers/promises";

/** Longest line, in UTF-16 units; a longer one comes in parts. CloudWatch Logs cuts at 256 KB. */
const longestLine = 256 * 1024 - 26;
/** Lines that are handed on before everything else has its turn. */
const linesPerTurn = 200;

/**
 * Calls back with each line of a stream until it ends. However much it writes, what waits for the end
 * of its line is bounded, and other work goes on between the lines.
 */
export async function readLines(stream: Readable, onLine: (line: string) => void): Promise<void> {
  const decoder = new StringDecoder("utf8");
  let parts: string[] = [];
  let length = 0;
  let lines = 0;
  const endLine = (): void => {
    const line = parts.join("");
    parts = [];
    length = 0;
    lines += 1;
    onLine(line.endsWith("\r") ? line.slice(0, -1) : line);
  };
  for await (const chunk of stream) {
    const text = decoder.write(chunk as Buffer);
    for (let at = 0; at < text.length;) {
      const newline = text.indexOf("\n", at);
      const end = Math.min(newline < 0 ? text.length : newline, at + longestLine - length);
      parts.push(text.slice(at, end));
      length += end - at;
      at = end === newline ? end + 1 : end;
      if (end === newline || length >= longestLine) endLine();
      if (lines < linesPerTurn) continue;
      lines = 0;
      await setImmediate();
    }
  }
  if (length > 0) endLine();
}
