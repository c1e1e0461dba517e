import { notCarriedOut } from "../../local/services/fis/actions/aws-action.ts";
import { FisClient, GetActionCommand, ListActionsCommand } from "@aws-sdk/client-fis";
import { startCloud } from "../../local/cloud.ts";
import { resourceTypes } from "../../local/deploy/resource-types.ts";
import { parseMembers, pathsOf } from "../../local/members/parse-members.ts";
import { memberTables } from "../../local/members/tables.ts";

/** What the embedded cloud serves, as it says itself. */
export interface Emulated {
  /** SigV4 signing name of a service → its operations. */
  readonly operations: Readonly<Record<string, readonly string[]>>;
  /** Signing name → operation → the members of its input that are refused by name. */
  readonly refusals: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
  readonly actions: readonly {
    readonly id: string;
    readonly parameters: readonly string[];
    /** Templates can have the other ones; an experiment that comes to one fails at its start. */
    readonly isCarriedOut: boolean;
  }[];
  /** Type token of a Pulumi resource → the inputs that the in-process engine applies. */
  readonly resourceTypes: Readonly<Record<string, readonly string[]>>;
}

/** Asks an embedded cloud of its own, which it starts and stops. */
export async function collectEmulated(): Promise<Emulated> {
  const cloud = await startCloud();
  const fis = new FisClient({
    endpoint: cloud.endpoint,
    region: "us-east-1",
    credentials: { accessKeyId: "test", secretAccessKey: "test" },
  });
  try {
    return {
      operations: cloud.operations,
      refusals: collectRefusals(),
      actions: await listActions(fis),
      resourceTypes: Object.fromEntries(
        [...resourceTypes].map(([type, { inputs }]) => [type, Object.keys(inputs.shape)]),
      ),
    };
  } finally {
    fis.destroy();
    await cloud.close();
  }
}

function collectRefusals(): Emulated["refusals"] {
  return Object.fromEntries(
    Object.entries(memberTables).map(([service, table]) => [
      service,
      Object.fromEntries(
        Object.entries(table)
          .map(([operation, { refuses = "" }]) => [operation, pathsOf(parseMembers(refuses))])
          .filter(([, paths]) => paths?.length),
      ) as Record<string, string[]>,
    ]),
  );
}

async function listActions(fis: FisClient): Promise<Emulated["actions"]> {
  const { actions = [] } = await fis.send(new ListActionsCommand({ maxResults: 100 }));
  return Promise.all(
    actions.map(async ({ id = "" }) => {
      const { action } = await fis.send(new GetActionCommand({ id }));
      return {
        id,
        parameters: Object.keys(action?.parameters ?? {}),
        isCarriedOut: action?.description?.endsWith(notCarriedOut) !== true,
      };
    }),
  );
}
