/** RFC 8949, section 3.1. */
const majors = { bytes: 2, text: 3, array: 4, map: 5, tag: 6 } as const;
/** More than any input of CloudWatch has. */
const mostLevels = 64;
const epochTag = 1;
const breakByte = 0xff;

/**
 * Throws an Error for bytes that are not one value of CBOR (RFC 8949), that nest deeper than 64
 * levels, or that have another tag than a time's. Takes time proportional to their number; decoders
 * compute the value of big numbers, which are tagged, in the square of their length.
 */
export function checkCbor(bytes: Uint8Array): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  /** Items that each open array, map, tag or text in pieces still has; Infinity without a length. */
  const left: number[] = [];
  let at = 0;
  do {
    const byte = bytes[at];
    if (byte === undefined) throw new Error("The CBOR ends early.");
    at += 1;
    if (byte === breakByte) {
      if (left.pop() !== Infinity) throw new Error("The CBOR has a break out of place.");
    } else {
      if (left.length > 0) left.push((left.pop() ?? 0) - 1);
      const major = byte >> 5;
      const [count, size] = readHead(view, at, byte & 31);
      at += size;
      if (major === majors.tag && count !== epochTag)
        throw new Error(`The CBOR has the tag ${String(count)}.`);
      if (major === majors.bytes || major === majors.text)
        if (count === Infinity) left.push(Infinity);
        else at += count;
      else if (major === majors.array || major === majors.map || major === majors.tag)
        left.push(major === majors.map ? count * 2 : major === majors.tag ? 1 : count);
    }
    if (at > bytes.length) throw new Error("The CBOR ends early.");
    if (left.length > mostLevels) throw new Error("The CBOR nests too deep.");
    while (left.at(-1) === 0) left.pop();
  } while (left.length > 0);
  if (at < bytes.length) throw new Error("The CBOR has more than one value.");
}

/** The count or value in a head, and how many bytes it has behind the first. */
function readHead(view: DataView, at: number, minor: number): [count: number, size: number] {
  if (minor < 24) return [minor, 0];
  if (minor === 24) return [view.getUint8(at), 1];
  if (minor === 25) return [view.getUint16(at), 2];
  if (minor === 26) return [view.getUint32(at), 4];
  if (minor === 27) return [Number(view.getBigUint64(at)), 8];
  if (minor === 31) return [Infinity, 0];
  throw new Error("The CBOR has a reserved head.");
}
