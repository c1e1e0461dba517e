/** Services whose failure an action causes; `all` for every one. */
export type FaultedServices = ReadonlySet<string> | "all";

/** Modules of FIS that steer an experiment and fault nothing by themselves. */
const HARMLESS = ["aws:fis:wait", "localstack:do-nothing", "localstack:log-debug"];

/**
 * @param actionId of FIS, or one of LocalStack's `localstack:generic:*`.
 * @returns the services whose calls an action of an experiment template makes fail or wait.
 */
export function faultedServices(
  actionId: string,
  parameters: Readonly<Record<string, string>> = {},
): FaultedServices {
  if (HARMLESS.includes(actionId)) return new Set();
  const [vendor, module = ""] = actionId.split(":");
  if (actionId.startsWith("localstack:generic:") || actionId.startsWith("aws:fis:inject-api-")) {
    const service = parameters.service?.toLowerCase() ?? "all";
    return service === "all" ? "all" : new Set([service]);
  }
  if (vendor === "localstack") return new Set([module]);
  // An automation document may do anything, so it proves nothing.
  return module === "fis" || module === "ssm" || module === "cloudwatch"
    ? new Set()
    : new Set([module]);
}
