import type { PolicyProviderResource } from "@pulumi/policy";
import { ifKnown } from "./unknown.ts";

/** Names of this machine, and those that LocalStack gives to it. */
const LOCAL_HOST = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\]|.*\.localhost|.*\.localstack\.cloud)$/;

/** @returns whether a provider's endpoints are all emulators on this machine. */
export function isLocalProvider(provider: PolicyProviderResource | undefined): boolean {
  const endpoints = ifKnown(() => provider?.props.endpoints as unknown);
  const addresses = addressesIn(endpoints);
  return addresses.length > 0 && addresses.every(isLocal);
}

/** The provider's input is a list of maps, which its SDK writes as JSON. */
function addressesIn(endpoints: unknown): string[] {
  const maps: unknown = typeof endpoints === "string" ? JSON.parse(endpoints) : endpoints;
  if (!Array.isArray(maps)) return [];
  return maps.flatMap((map) => Object.values(map as Record<string, string>));
}

function isLocal(address: string): boolean {
  return URL.canParse(address) && LOCAL_HOST.test(new URL(address).hostname);
}
