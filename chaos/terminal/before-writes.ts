/** What is needed of a stream to see who writes to it. */
interface Writable {
  write: (...args: never[]) => boolean;
}

/**
 * Calls something before each write to the streams that goes through their `write`.
 *
 * @returns what ends that
 */
export function beforeWrites(streams: readonly Writable[], call: () => void): () => void {
  const former = streams.map((stream) => {
    const write = stream.write;
    stream.write = function (this: Writable, ...args: never[]) {
      call();
      return write.apply(this, args);
    };
    return () => {
      stream.write = write;
    };
  });
  return () => {
    for (const restore of former) restore();
  };
}
