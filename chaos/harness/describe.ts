import type { Anomaly, Shown } from "./anomaly.ts";
import { describeEffect } from "./effects.ts";
import type { Op } from "./history.ts";

/** One request in one line: what was sent or read, when, and how it was answered. */
export function describeOp(op: Op): string {
  const answer = op.error ?? `${String(op.status)} "${(op.body ?? "").trim()}"`;
  const value = op.kind === "write" ? ` ${describeWrite(op)}` : "";
  const worker = op.worker === undefined ? "" : ` worker ${op.worker}`;
  return inOneLine(
    `${op.phase}${worker} ${clock(op.invokeMs)}–${clock(op.endMs)} ${op.kind} ${op.key}${value}` +
      ` → ${op.type}: ${answer}`,
  );
}

/**
 * With line ends and other control characters as JSON writes them: a line of an answer is none of the log,
 * where a terminal or a runner might obey it.
 */
function inOneLine(text: string): string {
  return text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/g, (character) =>
    character === "\n"
      ? String.raw`\n`
      : `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

/** An anomaly in full: what happened, what the table had when it was read, and every write of the key. */
export function describeAnomaly(anomaly: Anomaly): string {
  const { kind, message, expected, read, writes } = anomaly;
  return [
    inOneLine(`${kind}: ${message}`),
    ...(expected ? [inOneLine(`  expected ${describeWrite(expected)}`)] : []),
    ...describeLooks(anomaly.looks).map((line) => inOneLine(`  ${line}`)),
    ...(read ? [`  ! ${describeOp(read)}`] : []),
    ...writes.map((op) => `  ${op === expected ? "*" : "-"} ${describeOp(op)}`),
  ].join("\n");
}

/** What a write does: the value that it puts, or its effects. */
function describeWrite({ key, value, effects }: Op): string {
  if (value !== undefined || !effects) return value ?? "";
  return effects
    .map((effect) => (effect.key === key ? "" : `${effect.key}: `) + describeEffect(effect))
    .join(", ");
}

/** Which look at the table, from 0 on. */
export function nameOfLook(index: number): string {
  return ["first", "second", "third"][index] ?? `${String(index + 1)}th`;
}

function describeLooks(looks: readonly Shown[]): string[] {
  const had = looks.map(({ value }) => `the table had ${value ?? "no such item"}`);
  const [first] = had;
  if (first !== undefined && had.length === 2 && first === had[1])
    return [`${first} at both looks`];
  return had.map((text, index) => `${text} at the ${nameOfLook(index)} look`);
}

/** Such as 10:04:05.678, in UTC. */
function clock(epochMs: number): string {
  return new Date(epochMs).toISOString().slice(11, 23);
}
