/** Keys in the order of their bytes in UTF-8, as S3 lists them. */
export function sortKeys(keys: readonly string[]): string[] {
  return [...keys].sort(compareKeys);
}

/**
 * Compares by code points, which is the order of the bytes in UTF-8; JavaScript compares code units,
 * which differ for characters beyond U+FFFF.
 */
export function compareKeys(one: string, other: string): number {
  const length = Math.min(one.length, other.length);
  for (let at = 0; at < length; at++) {
    const left = one.charCodeAt(at);
    const right = other.charCodeAt(at);
    if (left === right) continue;
    return rank(left) - rank(right);
  }
  return one.length - other.length;
}

/** Halves of characters beyond U+FFFF come behind all others. */
function rank(unit: number): number {
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit;
}
