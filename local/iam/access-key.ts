import { randomBytes, randomInt } from "node:crypto";

const base32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/**
 * A new access key id that says which account it is of, as AWS's do: after the first four letters,
 * 48 bits in base 32 hold a one and the account's 40 bits. `ASIA` marks temporary credentials.
 */
export function createAccessKeyId(accountId: string): string {
  const head = (1n << 47n) | (BigInt(accountId) << 7n) | BigInt(randomInt(128));
  let id = "";
  // 48 bits and 32 random ones are the 80 bits of 16 letters.
  let bits = (head << 32n) | BigInt(randomInt(2 ** 32));
  for (let letter = 0; letter < 16; letter++, bits >>= 5n)
    id = base32.charAt(Number(bits & 31n)) + id;
  return `ASIA${id}`;
}

/** The account of an access key id; `undefined` when it does not hold one. */
export function accountIdOfKey(accessKeyId: string): string | undefined {
  const id = accessKeyId.slice(4);
  if (accessKeyId.length !== 20 || !/^[A-Z2-7]{16}$/.test(id)) return undefined;
  let bits = 0n;
  for (const letter of id) bits = (bits << 5n) | BigInt(base32.indexOf(letter));
  const head = bits >> 32n;
  if (head >> 47n !== 1n) return undefined;
  return String((head >> 7n) & 0xff_ffff_ffffn).padStart(12, "0");
}

export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
}

/** New temporary credentials. */
export function createCredentials(accountId: string): Credentials {
  return {
    accessKeyId: createAccessKeyId(accountId),
    secretAccessKey: randomBytes(30).toString("base64"),
    sessionToken: randomBytes(192).toString("base64"),
  };
}
