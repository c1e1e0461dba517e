import { randomUUID } from "node:crypto";
import {
  CreateFunctionCommand,
  type CreateFunctionCommandInput,
  InvokeCommand,
  LambdaClient,
} from "@aws-sdk/client-lambda";
import { CreateRoleCommand, IAMClient, PutRolePolicyCommand } from "@aws-sdk/client-iam";
import { strToU8, zipSync } from "fflate";
import { type CloudOptions, startCloud } from "../../../local/cloud.ts";
import type { Log } from "../../../local/log.ts";
import { clientSettings } from "../../support/client-settings.ts";

/** A role that nobody has created: enough for a function that calls no service. */
export const anyRole = "arn:aws:iam::000000000000:role/any";

/** The zip file of a function whose module `index` is this code. */
export function zipOf(code: string, file = "index.mjs"): Uint8Array {
  return zipSync({ [file]: strToU8(code) });
}

export interface Invocation {
  /** What the function answered, or its error. */
  readonly payload: unknown;
  readonly functionError: string | undefined;
}

/** A cloud, and shorthands for functions in it. */
export async function startLambda(options: Pick<CloudOptions, "runOldRuntimes"> = {}) {
  const entries: Parameters<Log>[0][] = [];
  const cloud = await startCloud({ ...options, log: (entry) => entries.push(entry) });
  const client = new LambdaClient({ ...clientSettings(cloud.endpoint) });
  const iam = new IAMClient(clientSettings(cloud.endpoint));
  return {
    endpoint: cloud.endpoint,
    client,
    /** What was logged. */
    entries,
    /** Creates a role for functions that allows these actions, and answers its ARN. */
    async role(...actions: string[]): Promise<string> {
      const RoleName = `role-${randomUUID().slice(0, 8)}`;
      const { Role } = await iam.send(
        new CreateRoleCommand({
          RoleName,
          AssumeRolePolicyDocument: policyOf({
            Action: "sts:AssumeRole",
            Principal: { Service: "lambda.amazonaws.com" },
          }),
        }),
      );
      await iam.send(
        new PutRolePolicyCommand({
          RoleName,
          PolicyName: "actions",
          PolicyDocument: policyOf({ Action: actions, Resource: "*" }),
        }),
      );
      return Role?.Arn ?? "";
    },
    /** Creates a function from the code of its module and answers its name. */
    async create(code: string, input: Partial<CreateFunctionCommandInput> = {}): Promise<string> {
      const FunctionName = `function-${randomUUID().slice(0, 8)}`;
      await client.send(
        new CreateFunctionCommand({
          FunctionName,
          Runtime: "nodejs24.x",
          Role: anyRole,
          Handler: "index.handler",
          Code: { ZipFile: zipOf(code) },
          ...input,
        }),
      );
      return FunctionName;
    },
    async invoke(FunctionName: string, event: unknown = {}): Promise<Invocation> {
      const { Payload, FunctionError } = await client.send(
        new InvokeCommand({ FunctionName, Payload: JSON.stringify(event) }),
      );
      const text = Buffer.from(Payload ?? []).toString();
      return { payload: text === "" ? undefined : JSON.parse(text), functionError: FunctionError };
    },
    async close(): Promise<void> {
      client.destroy();
      iam.destroy();
      await cloud.close();
    },
  };
}

function policyOf(statement: object): string {
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", ...statement }],
  });
}

export type StartedLambda = Awaited<ReturnType<typeof startLambda>>;
