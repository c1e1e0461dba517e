import { TIME_BUDGET } from "../functions/shared/time-budget.ts";
import { bundleFunction, type FunctionName } from "./function-bundles.ts";

/** @returns what is the same for a function of functions/ wherever it is used. */
export function ownFunction(name: FunctionName) {
  return {
    code: bundleFunction(name),
    serviceName: name,
    timeoutSeconds: TIME_BUDGET.functions[name].timeoutSeconds,
  };
}
