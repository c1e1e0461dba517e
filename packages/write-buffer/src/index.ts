/** The infrastructure half of the write buffer, for Pulumi programs. */
export { bundleFunction, bundleFunctions } from "./bundle-function.ts";
export type { FaultExtension, FaultTarget } from "./fault-target.ts";
export { type AllowedCalls, LambdaFunction, type LambdaFunctionArgs } from "./lambda-function.ts";
export { type AllowStatement, assumedBy, policyDocument } from "./policy-document.ts";
export { type CallBudget, DEFAULT_SETTINGS, type WriteBufferSettings } from "./settings.ts";
export { type RetryFunctionArgs, WriteBuffer, type WriteBufferArgs } from "./write-buffer.ts";
