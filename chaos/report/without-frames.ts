/** An AWS service's error less its stack: the frames are the SDK's own, and say nothing about it. */
export function withoutFrames(error: unknown): unknown {
  if (error instanceof Error && "$metadata" in error) error.stack = String(error);
  return error;
}
