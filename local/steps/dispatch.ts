import type { AwsService } from "../services/aws-service.ts";
import type { Step } from "./step.ts";

/** Hands an identified call to its service; throws AwsError for one that no service here answers. */
export function createDispatch(services: readonly AwsService[]): Step {
  const byName = new Map(services.map((service) => [service.name, service]));
  return ({ call, refuse }) => {
    if (refuse) throw refuse();
    const service = call && byName.get(call.api ?? call.service);
    if (!service) throw new Error("A call reached dispatch without a service.");
    return service.handle(call);
  };
}
