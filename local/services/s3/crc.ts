/** CRC-32C, of the reversed polynomial 0x82f63b78. Source: RFC 3720, section 12.1. */
export class Crc32c {
  #crc = 0xffffffff;

  update(piece: Buffer): void {
    const table = (crc32cTable ??= createTable32(0x82f63b78));
    let crc = this.#crc;
    for (const byte of piece) crc = (crc >>> 8) ^ (table[(crc ^ byte) & 0xff] ?? 0);
    this.#crc = crc;
  }

  /** In base64, as S3's headers have it. Source: S3 User Guide, "Checking object integrity". */
  digest(): string {
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32BE(~this.#crc >>> 0);
    return bytes.toString("base64");
  }
}

let crc32cTable: Uint32Array | undefined;

function createTable32(polynomial: number): Uint32Array {
  return Uint32Array.from({ length: 256 }, (_, byte) => {
    let crc = byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ polynomial : crc >>> 1;
    return crc >>> 0;
  });
}

/**
 * CRC-64/NVME, of the reversed polynomial 0x9a6c9329ac4bc9b5, in two halves of 32 bits.
 * Source: NVM Express NVM Command Set Specification, section 5.2.1.3.4.
 */
export class Crc64Nvme {
  #high = 0xffffffff;
  #low = 0xffffffff;

  update(piece: Buffer): void {
    const [highTable, lowTable] = (crc64Tables ??= createTables64());
    let high = this.#high;
    let low = this.#low;
    for (const byte of piece) {
      const at = (low ^ byte) & 0xff;
      low = ((low >>> 8) | (high << 24)) ^ (lowTable[at] ?? 0);
      high = (high >>> 8) ^ (highTable[at] ?? 0);
    }
    this.#high = high;
    this.#low = low;
  }

  /** In base64, as S3's headers have it. */
  digest(): string {
    const bytes = Buffer.alloc(8);
    bytes.writeUInt32BE(~this.#high >>> 0, 0);
    bytes.writeUInt32BE(~this.#low >>> 0, 4);
    return bytes.toString("base64");
  }
}

let crc64Tables: readonly [high: Uint32Array, low: Uint32Array] | undefined;

function createTables64(): readonly [high: Uint32Array, low: Uint32Array] {
  const highs = new Uint32Array(256);
  const lows = new Uint32Array(256);
  for (let byte = 0; byte < 256; byte++) {
    let high = 0;
    let low = byte;
    for (let bit = 0; bit < 8; bit++) {
      const isOdd = low & 1;
      low = (low >>> 1) | (high << 31);
      high >>>= 1;
      if (isOdd) {
        low ^= 0xac4bc9b5;
        high ^= 0x9a6c9329;
      }
    }
    highs[byte] = high;
    lows[byte] = low;
  }
  return [highs, lows];
}
