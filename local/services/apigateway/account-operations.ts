import type { RestOperation } from "../rest-json-service.ts";
import { badRequest, type ApiStore } from "./api-store.ts";
import { invalidPatch, readPatches } from "./patch.ts";

export function accountOperations(store: ApiStore): RestOperation[] {
  return [
    {
      name: "GetAccount",
      method: "GET",
      path: "/account",
      run: (_input, { region }) => toWire(store, region),
    },
    {
      name: "UpdateAccount",
      method: "PATCH",
      path: "/account",
      run({ body }, { region }) {
        const patches = readPatches(body);
        for (const patch of patches) {
          if (patch.path !== "/cloudwatchRoleArn")
            throw invalidPatch(patch, ["/cloudwatchRoleArn"]);
          if (patch.value && !/^arn:aws:iam::\d{12}:role\/.+$/.test(patch.value))
            throw badRequest(`'${patch.value}' is not the ARN of an IAM role.`);
        }
        for (const { value } of patches)
          if (value) store.cloudwatchRoleArns.set(region, value);
          else store.cloudwatchRoleArns.delete(region);
        return toWire(store, region);
      },
    },
  ];
}

/** Source of the numbers: API Gateway quotas, account-level throttling per region. */
function toWire(store: ApiStore, region: string): unknown {
  return {
    cloudwatchRoleArn: store.cloudwatchRoleArns.get(region),
    throttleSettings: { burstLimit: 5000, rateLimit: 10_000 },
    features: ["UsagePlans"],
    apiKeyVersion: "4",
  };
}
