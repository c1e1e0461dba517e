import { promisify } from "node:util";
import { crc32, inflateRaw as inflateRawCallback } from "node:zlib";

const inflateRaw = promisify(inflateRawCallback);

/** A file of a zip file, as its central directory describes it. */
export interface ZipEntry {
  readonly name: string;
  /** Unpacked size in bytes. */
  readonly size: number;
  readonly isFolder: boolean;
  readonly isLink: boolean;
  /** Its content, unpacked outside the main thread; rejects if it is not what the entry says. */
  read(): Promise<Buffer>;
}

/**
 * Signatures and lengths of the records. Source: PKWARE's APPNOTE.TXT, sections 4.3.7, 4.3.12, 4.3.16
 * and, for the attributes of Unix, 4.4.15.
 */
const end = { signature: 0x06054b50, length: 22, longestComment: 0xffff };
const central = { signature: 0x02014b50, length: 46 };
const local = { signature: 0x04034b50, length: 30 };
const stored = 0;
const deflated = 8;
const encryptedFlag = 1;
const fileType = 0o170000;
const linkType = 0o120000;

/** What a zip file holds. Throws an Error for bytes that are no zip file; ZIP64 is not read. */
export function readZip(zip: Buffer): ZipEntry[] {
  const at = findEnd(zip);
  const count = zip.readUInt16LE(at + 10);
  const entries: ZipEntry[] = [];
  let next = zip.readUInt32LE(at + 16);
  for (let index = 0; index < count; index++) {
    if (zip.readUInt32LE(next) !== central.signature) throw new Error("No entry where one is due.");
    const [nameLength, extraLength, commentLength] = [28, 30, 32].map((each) =>
      zip.readUInt16LE(next + each),
    ) as [number, number, number];
    entries.push(readEntry(zip, next, nameLength));
    next += central.length + nameLength + extraLength + commentLength;
  }
  return entries;
}

function findEnd(zip: Buffer): number {
  const first = Math.max(0, zip.length - end.length - end.longestComment);
  for (let at = zip.length - end.length; at >= first; at--)
    if (zip.readUInt32LE(at) === end.signature) return at;
  throw new Error("No end of a central directory.");
}

function readEntry(zip: Buffer, at: number, nameLength: number): ZipEntry {
  const flags = zip.readUInt16LE(at + 8);
  const method = zip.readUInt16LE(at + 10);
  const checksum = zip.readUInt32LE(at + 16);
  const packedSize = zip.readUInt32LE(at + 20);
  const size = zip.readUInt32LE(at + 24);
  const mode = zip.readUInt32LE(at + 38) >>> 16;
  const header = zip.readUInt32LE(at + 42);
  const name = zip.toString("utf8", at + central.length, at + central.length + nameLength);
  return {
    name,
    size,
    isFolder: name.endsWith("/"),
    isLink: (mode & fileType) === linkType,
    async read() {
      if ((flags & encryptedFlag) !== 0 || zip.readUInt32LE(header) !== local.signature)
        throw new Error(`${name} cannot be read.`);
      const start =
        header + local.length + zip.readUInt16LE(header + 26) + zip.readUInt16LE(header + 28);
      const content = await unpack(zip.subarray(start, start + packedSize), method, size);
      if (content.length !== size || crc32(content) !== checksum)
        throw new Error(`${name} is damaged.`);
      return content;
    },
  };
}

async function unpack(packed: Buffer, method: number, size: number): Promise<Buffer> {
  if (method === stored) return packed;
  if (method !== deflated) throw new Error(`Method ${String(method)} is not known.`);
  return inflateRaw(packed, { maxOutputLength: Math.max(size, 1) });
}
