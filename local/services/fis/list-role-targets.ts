import type { IamStore } from "../iam/iam-store.ts";
import type { TargetResource } from "./resolve-targets.ts";

/** Every role, as a target of experiments. */
export function listRoleTargets({ roles }: IamStore): TargetResource[] {
  return [...roles.values()].map((role) => ({
    arn: role.arn,
    tags: Object.fromEntries(role.tags),
    description: {
      ...{ Arn: role.arn, Path: role.path, RoleId: role.id, RoleName: role.name },
      ...{ Description: role.description, MaxSessionDuration: role.maxSessionDurationSeconds },
    },
  }));
}
