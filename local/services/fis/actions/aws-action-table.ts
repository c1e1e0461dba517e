import type { AwsActionRow } from "./aws-action-row.ts";
import { awsContainerActions } from "./aws-container-actions.ts";
import { awsDataActions } from "./aws-data-actions.ts";
import { awsMachineActions } from "./aws-machine-actions.ts";

/**
 * The actions of AWS FIS besides those that this cloud always carries out: what it must know to
 * accept, list and describe any template. An action that is carried out takes the place of its row.
 * Sources: FIS User Guide, "AWS FIS Actions reference" (August 2026); target keys also from the
 * documentation of Terraform's `aws_fis_experiment_template`.
 */
export const awsActionTable: readonly AwsActionRow[] = [
  ...awsContainerActions,
  ...awsDataActions,
  ...awsMachineActions,
];
