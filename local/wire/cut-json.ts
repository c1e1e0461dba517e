import { setImmediate as nextTurn } from "node:timers/promises";
import { endOfText } from "./nests-too-deep.ts";

/** JSON text whose objects and arrays at one level have been cut out. */
export interface CutJson {
  /** The rest; in the place of a piece stands an object with its number. */
  readonly skeleton: string;
  readonly pieces: readonly Buffer[];
}

/** Cuts out all that begins at a level: the outermost object is level 1. Reads no piece. */
export function cutJson(json: Buffer, at: number): CutJson {
  const kept: Buffer[] = [];
  const pieces: Buffer[] = [];
  let level = 0;
  let keptTo = 0;
  let start = 0;
  for (let index = 0; index < json.length; index++) {
    const byte = json[index];
    if (byte === 0x22) index = endOfText(json, index);
    else if (byte === 0x5b || byte === 0x7b) {
      if (++level === at) start = index;
    } else if (byte === 0x5d || byte === 0x7d) {
      if (level-- !== at) continue;
      kept.push(json.subarray(keptTo, start), Buffer.from(`{"piece":${String(pieces.length)}}`));
      pieces.push(json.subarray(start, index + 1));
      keptTo = index + 1;
    }
  }
  kept.push(json.subarray(keptTo));
  return { skeleton: Buffer.concat(kept).toString("utf8"), pieces };
}

/**
 * What JSON text says, read piece by piece so that others have their turn between them. Rejects with
 * a SyntaxError for a text that is none, and with what `check` throws at a piece.
 */
export async function readJsonInTurns(
  json: Buffer,
  at: number,
  check: (piece: Buffer) => void,
): Promise<unknown> {
  const { skeleton, pieces } = cutJson(json, at);
  const whole: unknown = JSON.parse(skeleton);
  const values: unknown[] = [];
  for (const piece of pieces) {
    await nextTurn();
    check(piece);
    values.push(JSON.parse(piece.toString("utf8")));
  }
  return fill(whole, at, values);
}

function fill(value: unknown, level: number, values: readonly unknown[]): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (level === 1) return values[(value as { piece: number }).piece];
  const parts = value as Record<string, unknown>;
  for (const [name, inner] of Object.entries(parts)) parts[name] = fill(inner, level - 1, values);
  return value;
}
