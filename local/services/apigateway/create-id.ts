import { randomBytes } from "node:crypto";

const alphabet = "abcdefghijklmnopqrstuvwxyz0123456789";

/** An id as API Gateway makes them: lower-case letters and digits. */
export function createId(length: number): string {
  return Array.from(randomBytes(length), (byte) => alphabet[byte % alphabet.length]).join("");
}

export function nowSeconds(): number {
  return Math.floor(Date.now() / 1000);
}
