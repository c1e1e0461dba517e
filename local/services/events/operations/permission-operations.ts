import { parsePolicy } from "../../../iam/parse-policy.ts";
import { AwsError } from "../../../wire/aws-error.ts";
import type { JsonInput } from "../../json-service.ts";
import type { EventBus } from "../event-bus.ts";
import type { EventsOperations } from "../events-context.ts";
import {
  busNameOf,
  invalid,
  nameBounds,
  optionalTextOf,
  structureOf,
  textOf,
} from "../events-input.ts";

const maxPolicyBytes = 10_240;

/** The resource policy of an event bus. Source: EventBridge API, PutPermission, RemovePermission. */
export const permissionOperations: EventsOperations = {
  PutPermission(input, { buses }, call) {
    const bus = buses.get(call.region, busNameOf(input, call));
    const given = optionalTextOf(input, "Policy");
    const text = given ?? withStatement(bus, input);
    try {
      parsePolicy(text, "resource");
    } catch (error) {
      throw invalid(
        `The policy is not valid: ${error instanceof Error ? error.message : String(error)}`,
      );
    }
    if (Buffer.byteLength(text) > maxPolicyBytes)
      throw new AwsError(
        "PolicyLengthExceededException",
        `The policy has more than ${String(maxPolicyBytes)} bytes.`,
      );
    bus.policy = text;
  },

  RemovePermission(input, { buses }, call) {
    const bus = buses.get(call.region, busNameOf(input, call));
    if (input["RemoveAllPermissions"] === true) {
      bus.policy = undefined;
      return;
    }
    const id = textOf(input, "StatementId", nameBounds);
    const statements = statementsOf(bus);
    const kept = statements.filter(({ Sid }) => Sid !== id);
    if (kept.length === statements.length)
      throw new AwsError(
        "ResourceNotFoundException",
        "Statement with the provided id does not exist.",
      );
    bus.policy = kept.length === 0 ? undefined : policyOf(kept);
  },
};

function withStatement(bus: EventBus, input: JsonInput): string {
  const Sid = textOf(input, "StatementId", nameBounds);
  const Action = textOf(input, "Action", { max: 64, pattern: /^events:[a-zA-Z]+$/ });
  const principal = textOf(input, "Principal", { pattern: /^(\d{12}|\*)$/ });
  const condition = structureOf(input, "Condition");
  const statement = {
    Sid,
    Effect: "Allow",
    Principal: principal === "*" ? "*" : { AWS: `arn:aws:iam::${principal}:root` },
    Action,
    Resource: bus.arn,
    ...(condition && {
      Condition: {
        [textOf(condition, "Type")]: { [textOf(condition, "Key")]: textOf(condition, "Value") },
      },
    }),
  };
  return policyOf([...statementsOf(bus).filter((each) => each.Sid !== Sid), statement]);
}

function policyOf(Statement: readonly object[]): string {
  return JSON.stringify({ Version: "2012-10-17", Statement });
}

function statementsOf({ policy }: EventBus): readonly { readonly Sid?: string }[] {
  if (policy === undefined) return [];
  const { Statement } = JSON.parse(policy) as { Statement: object | object[] };
  return [Statement].flat();
}
