/** A set of whole numbers from 0 on that takes one bit for each. */
export class Bitmap {
  #bits = new Uint8Array(1024);

  /** @returns whether it was not there before */
  add(number: number): boolean {
    const at = Math.floor(number / 8);
    const bit = 1 << (number % 8);
    if (at >= this.#bits.length) {
      const larger = new Uint8Array(Math.max(at + 1, 2 * this.#bits.length));
      larger.set(this.#bits);
      this.#bits = larger;
    }
    const byte = this.#bits[at] ?? 0;
    this.#bits[at] = byte | bit;
    return (byte & bit) === 0;
  }
}
