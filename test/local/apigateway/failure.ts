/** What a client raised for a call that was refused. Throws when it was not. */
export async function failure(
  sent: Promise<unknown>,
): Promise<{ name: string; status: number; message: string }> {
  try {
    await sent;
  } catch (error) {
    const { name, message, $metadata } = error as Error & {
      $metadata: { httpStatusCode: number };
    };
    return { name, status: $metadata.httpStatusCode, message };
  }
  throw new Error("The call succeeded.");
}
