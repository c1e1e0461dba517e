import { NormalizedSchema } from "@smithy/core/schema";
import { clientSettings } from "../../support/client-settings.ts";
import { failureOf } from "../../support/failure-of.ts";
import { inputSchemaOf, packageOf } from "./models.ts";

interface Client {
  send(command: unknown): Promise<unknown>;
  destroy(): void;
}

type Constructor<T> = new (input: unknown) => T;

/** Sends inputs as the SDK clients write them, whether or not they are whole. */
export function createSender(endpoint: string) {
  const clients = new Map<object, Client>();

  function clientOf(exported: Readonly<Record<string, unknown>>): Client {
    const known = clients.get(exported);
    if (known) return known;
    const [, Constructed] =
      Object.entries(exported).find(([name]) => name.endsWith("Client") && name !== "__Client") ??
      [];
    const client = new (Constructed as Constructor<Client>)(clientSettings(endpoint));
    clients.set(exported, client);
    return client;
  }

  return {
    /** What a call with this input fails with; most inputs here are too short to succeed. */
    async failure(service: string, operation: string, input: object): Promise<Error> {
      if (service === "fis") return fisFailure(endpoint, operation, input);
      const exported = packageOf(service, operation);
      const Command = exported[`${operation}Command`] as Constructor<unknown>;
      const whole = { ...labelsOf(service, operation), ...input };
      return failureOf(clientOf(exported).send(new Command(whole)));
    },
    close(): void {
      for (const client of clients.values()) client.destroy();
    },
  };
}

/** What a client sends nothing without, or tells one operation of S3 from another by. */
const routing = new Set(["uploadId", "x-amz-copy-source"]);

/** Members that are part of the path, or else of what names the operation. */
function labelsOf(service: string, operation: string): Record<string, string> {
  const schema = NormalizedSchema.of(inputSchemaOf(service, operation) as never);
  if (!schema.isStructSchema()) return {};
  return Object.fromEntries(
    [...schema.structIterator()]
      .filter(([, member]) => {
        const { httpLabel, httpQuery, httpHeader } = member.getMergedTraits();
        return httpLabel || routing.has(String(httpQuery ?? httpHeader));
      })
      .map(([name]) => [name, "sample"]),
  );
}

const fisPaths: Readonly<Record<string, readonly [method: string, path: string]>> = {
  CreateExperimentTemplate: ["POST", "/experimentTemplates"],
  UpdateExperimentTemplate: ["PATCH", "/experimentTemplates/EXT1"],
};

/** The pinned client of FIS drops the members that came after it. */
async function fisFailure(endpoint: string, operation: string, input: object): Promise<Error> {
  const [method, path] = fisPaths[operation] ?? ["POST", "/"];
  const response = await fetch(endpoint + path, {
    method,
    headers: {
      authorization:
        "AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/fis/aws4_request, SignedHeaders=host, Signature=0",
      "content-type": "application/json",
    },
    body: JSON.stringify(input),
  });
  const { message } = (await response.json()) as { message?: string };
  if (response.ok) throw new Error("Expected a failure, and the call succeeded.");
  return Object.assign(new Error(message), { name: response.headers.get("x-amzn-errortype") });
}
