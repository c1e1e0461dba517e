/** Stands for an unknown value on Pulumi's wire. Source: @pulumi/pulumi, runtime/rpc, unknownValue. */
export const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** Whether a value that a preview does not know stands anywhere in this one. */
export function hasUnknown(value: unknown): boolean {
  return JSON.stringify(value ?? null).includes(UNKNOWN);
}
