/**
 * The error that stops a deployment: which resource it was, and why. An error of a service keeps its
 * code; whatever else went wrong is a sentence of the engine, or of Node for a failed connection.
 *
 * @returns an Error such as `add-product (aws:lambda/function:Function):
 * InvalidParameterValueException: …`
 */
export function deploymentError(resource: { name: string; type: string }, error: unknown): Error {
  const label = `${resource.name} (${resource.type})`;
  const message = reasons(error)
    .map((reason) => `${isServiceError(error) ? "" : "Resource "}${label}: ${reason}`)
    .join("\n");
  return new Error(message, { cause: error });
}

function reasons(error: unknown): string[] {
  if (!(error instanceof Error)) {
    return [String(error)];
  }
  if (error instanceof AggregateError && error.message === "") {
    return [error.errors.map(String).join("; ")];
  }
  if (isServiceError(error)) {
    return [`${error.name}: ${error.message}`];
  }
  return error.message.split("\n");
}

/** An error that a service answered, as every AWS SDK client throws it. */
function isServiceError(error: unknown): boolean {
  return error instanceof Error && "$fault" in error;
}
