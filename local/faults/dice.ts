import { createHash, randomBytes } from "node:crypto";

/** Gives numbers from 0 up to, and not including, 1. */
export type Dice = () => number;

/**
 * Dice that fall the same for the same seed, on every machine: xoshiro128**, its state the SHA-256
 * of the seed. Not for secrets. Source: D. Blackman, S. Vigna, "Scrambled linear pseudorandom number
 * generators", 2018; the reference code is in the public domain.
 *
 * @param seed any text; without one the dice differ each time
 */
export function createDice(seed: string = randomBytes(16).toString("hex")): Dice {
  const digest = createHash("sha256").update(seed).digest();
  let [s0, s1, s2, s3] = [0, 4, 8, 12].map((at) => digest.readUInt32LE(at)) as Words;
  return () => {
    const word = Math.imul(rotate(Math.imul(s1, 5), 7), 9) >>> 0;
    const shifted = s1 << 9;
    s2 ^= s0;
    s3 ^= s1;
    s1 ^= s2;
    s0 ^= s3;
    s2 ^= shifted;
    s3 = rotate(s3, 11);
    return word / 2 ** 32;
  };
}

type Words = [number, number, number, number];

function rotate(word: number, bits: number): number {
  return (word << bits) | (word >>> (32 - bits));
}
