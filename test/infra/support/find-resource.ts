import type { ProgramRun, RegisteredResource } from "./run-program.ts";

type Resources = Pick<ProgramRun, "resources">;

export interface Statement {
  Action: string[];
  Resource: string;
}

/** @throws Error naming the resources there are. */
export function find({ resources }: Resources, name: string): RegisteredResource {
  const found = resources.find((resource) => resource.name === name);
  if (!found)
    throw new Error(`No resource ${name} among ${resources.map((r) => r.name).join(", ")}`);
  return found;
}

/** @returns the statements of the policy document in a resource's `policy`. */
export function statementsOf(run: Resources, name: string): Statement[] {
  const { policy } = find(run, name).inputs;
  return (JSON.parse(String(policy)) as { Statement: Statement[] }).Statement;
}
