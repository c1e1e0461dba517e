/** Takes one log entry: what happened, and the facts of it. */
export type Log = (entry: { event: string } & Record<string, unknown>) => void;

/** A log that writes each entry as one line of JSON, `time` (ISO 8601, UTC) first. */
export function createLog(stream: Pick<NodeJS.WritableStream, "write">): Log {
  return (entry) => {
    stream.write(`${JSON.stringify({ time: new Date().toISOString(), ...entry })}\n`);
  };
}
