import { PolicyPack } from "@pulumi/policy";
import { resiliencePolicies } from "./resilience-policies.ts";

new PolicyPack("outage-drill", {
  description: "Refuses an infrastructure that would lose acknowledged writes in an outage.",
  // A violation stops a preview and an update; whoever uses the pack may choose less for a rule.
  enforcementLevel: "mandatory",
  policies: resiliencePolicies,
});
