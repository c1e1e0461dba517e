import { randomInt } from "node:crypto";

/** A unique id as IAM gives: `AROA` for a role or `ANPA` for a managed policy, and 17 characters. */
export function createEntityId(prefix: "AROA" | "ANPA"): string {
  const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  return prefix + Array.from({ length: 17 }, () => letters.charAt(randomInt(32))).join("");
}
