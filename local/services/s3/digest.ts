import { createHash } from "node:crypto";
import { setImmediate as othersTurn } from "node:timers/promises";
import { crc32 } from "node:zlib";
import { Crc32c, Crc64Nvme } from "./crc.ts";

/** Takes bytes piece by piece. */
interface Digest {
  update(piece: Buffer): unknown;
  /** What the bytes so far come to, in base64. */
  digest(encoding: "base64"): string;
}

/** Algorithm → how it is computed. Source: S3 User Guide, "Checking object integrity". */
const algorithms = {
  CRC32: () => new Crc32(),
  CRC32C: () => new Crc32c(),
  CRC64NVME: () => new Crc64Nvme(),
  SHA1: () => createHash("sha1"),
  SHA256: () => createHash("sha256"),
  SHA512: () => createHash("sha512"),
  MD5: () => createHash("md5"),
} as const satisfies Readonly<Record<string, () => Digest>>;

export type ChecksumAlgorithm = keyof typeof algorithms;

export const checksumAlgorithms = Object.keys(algorithms) as readonly ChecksumAlgorithm[];

/** So much takes some milliseconds. */
const pieceBytes = 4 * 1024 * 1024;

/** The digest of a body in base64. A large one is read in pieces, and others have their turn between them. */
export async function digestOf(algorithm: ChecksumAlgorithm, body: Buffer): Promise<string> {
  const digest: Digest = algorithms[algorithm]();
  for (let at = 0; at < body.length; at += pieceBytes) {
    if (at > 0) await othersTurn();
    digest.update(body.subarray(at, at + pieceBytes));
  }
  return digest.digest("base64");
}

/** The MD5 of a body in hexadecimal digits, which is the ETag of what is uploaded in one piece. */
export async function md5Hex(body: Buffer): Promise<string> {
  return Buffer.from(await digestOf("MD5", body), "base64").toString("hex");
}

/** Bodies one after the other; others have their turn between them. */
export async function concatInTurns(bodies: readonly Buffer[]): Promise<Buffer> {
  const whole = Buffer.allocUnsafe(bodies.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const body of bodies)
    for (let from = 0; from < body.length; from += pieceBytes) {
      if (at > 0) await othersTurn();
      at += body.copy(whole, at, from, from + pieceBytes);
    }
  return whole;
}

class Crc32 implements Digest {
  #crc = 0;

  update(piece: Buffer): void {
    this.#crc = crc32(piece, this.#crc);
  }

  digest(): string {
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32BE(this.#crc);
    return bytes.toString("base64");
  }
}
