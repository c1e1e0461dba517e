import { Agent } from "node:http";
import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { z } from "zod";
import { checkInputs } from "./check-inputs.ts";
import { tagMap } from "./schemas.ts";

/** Any client class of the AWS SDK for JavaScript. */
type ClientClass<Client> = new (settings: {
  endpoint: string;
  region: string;
  credentials: { accessKeyId: string; secretAccessKey: string; sessionToken?: string };
  /** Of S3 alone: no name of a bucket has to be resolved. */
  forcePathStyle: boolean;
  requestHandler: { httpAgent: Agent };
}) => Client;

/** One `aws.Provider` of the program: clients for its region, keys and endpoint. */
export interface AwsProvider {
  readonly region: string;
  /** Of `sts:GetCallerIdentity`, asked once. */
  accountId(): Promise<string>;
  /** The tags of a resource together with the provider's default tags. */
  tagsAll(tags: Readonly<Record<string, string>> | undefined): Record<string, string>;
  /** The client for a region, made once. */
  client<Client>(type: ClientClass<Client>, region?: string): Client;
  /** Closes every connection. */
  close(): void;
}

/** The provider's inputs are strings, and JSON where they are not of that type. */
const json = <Schema extends z.ZodType>(schema: Schema) =>
  z
    .string()
    .transform((text, context) => {
      try {
        return JSON.parse(text) as unknown;
      } catch {
        context.addIssue("it is not JSON");
        return z.NEVER;
      }
    })
    .pipe(schema);

const providerInputs = z.strictObject({
  region: z.string(),
  /** An emulated AWS takes any. */
  accessKey: z.string().default("test"),
  secretKey: z.string().default("test"),
  token: z.string().optional(),
  /** Where keys would come from, and how often calls are repeated: no matter here. */
  profile: z.string().optional(),
  sharedConfigFiles: z.string().optional(),
  sharedCredentialsFiles: z.string().optional(),
  maxRetries: z.string().optional(),
  retryMode: z.string().optional(),
  defaultTags: json(z.strictObject({ tags: tagMap.optional() })).optional(),
  endpoints: json(z.array(z.record(z.string(), z.string()))).optional(),
  skipCredentialsValidation: json(z.boolean()).optional(),
  /** The keys are inputs here, so that nobody asks the metadata service for them. */
  skipMetadataApiCheck: json(z.boolean()).optional(),
  skipRegionValidation: json(z.boolean()).optional(),
  /** The account is asked for only where an ARN needs it. */
  skipRequestingAccountId: json(z.boolean()).optional(),
  /** Both forms reach the same endpoint. */
  s3UsePathStyle: json(z.boolean()).optional(),
});

/**
 * Reads the inputs of an `aws.Provider` resource.
 *
 * @param endpoint where every call goes; a provider that names another one is refused.
 * @throws Error naming the input that is not applied, or the error of validating the credentials.
 */
export async function awsProvider(
  inputs: Readonly<Record<string, unknown>>,
  endpoint: string,
): Promise<AwsProvider> {
  const checked = checkInputs(providerInputs, inputs);
  for (const [service, address] of (checked.endpoints ?? []).flatMap(Object.entries<string>)) {
    if (new URL(address).origin !== new URL(endpoint).origin) {
      throw new Error(
        `the endpoint of ${service} is ${address}, but this deployment is for ${endpoint}: ` +
          "set the stack's endpoint to that address.",
      );
    }
  }
  const httpAgent = new Agent({ keepAlive: true });
  const clients = new Map<string, unknown>();
  const client = <Client>(type: ClientClass<Client>, region = checked.region): Client => {
    const key = `${type.name} ${region}`;
    const known = clients.get(key);
    if (known !== undefined) {
      return known as Client;
    }
    const created = new type({
      endpoint,
      region,
      credentials: {
        accessKeyId: checked.accessKey,
        secretAccessKey: checked.secretKey,
        ...(checked.token !== undefined && { sessionToken: checked.token }),
      },
      forcePathStyle: true,
      requestHandler: { httpAgent },
    });
    clients.set(key, created);
    return created;
  };
  let accountId: Promise<string> | undefined;
  const provider: AwsProvider = {
    region: checked.region,
    accountId: () => (accountId ??= askAccountId(client(STSClient))),
    tagsAll: (tags) => ({ ...checked.defaultTags?.tags, ...tags }),
    client,
    close: () => {
      httpAgent.destroy();
    },
  };
  if (checked.skipCredentialsValidation !== true) {
    await provider.accountId();
  }
  return provider;
}

async function askAccountId(sts: STSClient): Promise<string> {
  const { Account } = await sts.send(new GetCallerIdentityCommand({}));
  if (Account === undefined) {
    throw new Error("GetCallerIdentity answered without an account.");
  }
  return Account;
}
