import type { ExperimentTemplate } from "../../infra/outputs.ts";
import type { Experiment } from "../harness/experiment.ts";
import { builtinFaults } from "./faults.ts";
import { foreignExperiment } from "./foreign-experiment.ts";

/** No stack needs to have such a role: the actions of an emulated cloud ask for no permission. */
const roleArn = "arn:aws:iam::000000000000:role/outage-drill";

/** Each built-in fault for each of the services. */
export function experimentsFor(services: readonly string[]): readonly Experiment[] {
  return services.flatMap((service) =>
    builtinFaults.map(({ name, does, action }) => {
      const title = `${service} ${does}`;
      const template: ExperimentTemplate = {
        description: title,
        actions: { [name]: action(service) },
        stopConditions: [{ source: "none" }],
        roleArn,
      };
      return foreignExperiment({ name: `${service}-${name}`, title, template });
    }),
  );
}
