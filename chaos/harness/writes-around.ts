import type { Op } from "./history.ts";

const most = 200;

/**
 * The writes of a key that an anomaly is told with: all of them or, of a soak's, 200 about the time of what
 * is wrong. With all of them in each anomaly, a broken soak would fill any disk.
 *
 * @param writes in the order in which they were sent
 * @param atMs when what is wrong was sent; default: the end
 */
export function writesAround(writes: readonly Op[], atMs = Infinity): readonly Op[] {
  if (writes.length <= most) return writes;
  const later = writes.findIndex(({ invokeMs }) => invokeMs > atMs);
  const at = later < 0 ? writes.length : later;
  const from = Math.min(Math.max(at - most / 2, 0), writes.length - most);
  return writes.slice(from, from + most);
}
