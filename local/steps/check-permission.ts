import type { AwsCall } from "../wire/aws-call.ts";
import type { Step } from "./step.ts";

/**
 * Has `authorize` decide about each call. Which action a call needs is known for the operations that
 * are served; of any other call only the credentials are checked, whatever its role may do.
 */
export function createCheckPermission(authorize: (call: AwsCall) => void): Step {
  return ({ call, refuse }) => {
    if (call) authorize(refuse ? { ...call, roleArn: undefined } : call);
    return undefined;
  };
}
