/** Settings of an AWS SDK client for an embedded cloud: test keys, and one attempt only. */
export function clientSettings(
  endpoint: string,
  credentials: { accessKeyId: string; secretAccessKey: string; sessionToken?: string } = {
    accessKeyId: "test",
    secretAccessKey: "test",
  },
) {
  return { endpoint, region: "us-east-1", credentials, maxAttempts: 1 };
}
