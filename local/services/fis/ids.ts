import { randomInt } from "node:crypto";

const alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/** `EXT` or `EXP` and 14 characters of base 62, as in the samples of the FIS user guide. */
export function newId(prefix: "EXT" | "EXP"): string {
  return prefix + Array.from({ length: 14 }, () => alphabet[randomInt(alphabet.length)]).join("");
}

/** Source: the FIS entry of the IAM service authorization reference. */
export function fisArn(region: string, accountId: string, resource: string): string {
  return `arn:aws:fis:${region}:${accountId}:${resource}`;
}
