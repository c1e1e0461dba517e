import type * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

/** What a scenario is as a FIS template of AWS's own actions; role, stop conditions and logs aside. */
export interface AwsScenario {
  readonly description: string;
  readonly targets?: Readonly<
    Record<string, Omit<aws.types.input.fis.ExperimentTemplateTarget, "name">>
  >;
  readonly actions: Readonly<Record<string, AwsAction>>;
}

interface AwsAction {
  readonly actionId: string;
  readonly description?: string;
  readonly parameters?: Readonly<Record<string, pulumi.Input<string>>>;
  readonly targets?: Readonly<Record<string, string>>;
}

/** The same in the form of Pulumi's resource, which has lists where FIS has names. */
export function toTemplateArgs({
  description,
  targets,
  actions,
}: AwsScenario): Pick<aws.fis.ExperimentTemplateArgs, "description" | "actions" | "targets"> {
  return {
    description,
    ...(targets && {
      targets: Object.entries(targets).map(([name, target]) => ({ name, ...target })),
    }),
    actions: Object.entries(actions).map(([name, action]) => toAction(name, action)),
  };
}

function toAction(
  name: string,
  { actionId, description, parameters = {}, targets = {} }: AwsAction,
): aws.types.input.fis.ExperimentTemplateAction {
  const [target] = pairs(targets);
  return {
    ...{ name, actionId },
    ...(description !== undefined && { description }),
    ...(target && { target }),
    parameters: pairs(parameters),
  };
}

function pairs<Value>(record: Readonly<Record<string, Value>>): { key: string; value: Value }[] {
  return Object.entries(record).map(([key, value]) => ({ key, value }));
}
