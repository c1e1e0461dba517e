import type { Policies } from "@pulumi/policy";
import { everyDependencyIsDrilled } from "./rules/coverage.ts";
import { experimentRoleIsLimited } from "./rules/experiment-role.ts";
import { experimentStopsOnCustomerImpact } from "./rules/experiment-stop-conditions.ts";
import {
  experimentHasDuration,
  experimentHasTargets,
  experimentIsLogged,
  noFaultsInProduction,
} from "./rules/experiments.ts";
import { functionHasLogGroup, functionIsTraced, logGroupHasRetention } from "./rules/functions.ts";
import { noWildcardCall, noWildcardPermission } from "./rules/permissions.ts";
import { mappingBoundsConcurrency, mappingReportsPartialFailures } from "./rules/mappings.ts";
import {
  deadLetterQueueOutlivesQueue,
  queueHasDeadLetterQueue,
  queueVisibilityCoversFunction,
} from "./rules/queues.ts";
import { queuePolicyNamesItsSource, topicPolicyNamesItsSource } from "./rules/resource-policies.ts";
import {
  tableHasDeletionProtection,
  tableHasPointInTimeRecovery,
  tableIsEncrypted,
} from "./rules/tables.ts";
import { retriesOutlastRetention, timeoutBudgetFits } from "./rules/time-budget.ts";
import { subscriptionHasRedrivePolicy } from "./rules/topics.ts";
import { withKnownSettings } from "./rules/with-known-settings.ts";

/**
 * The rules, for a policy pack of one's own; whoever uses that pack chooses levels and settings.
 *
 * @example
 * new PolicyPack("our-rules", { policies: resiliencePolicies, enforcementLevel: "mandatory" });
 */
export const resiliencePolicies: Policies = [
  queueHasDeadLetterQueue,
  deadLetterQueueOutlivesQueue,
  queueVisibilityCoversFunction,
  mappingReportsPartialFailures,
  mappingBoundsConcurrency,
  subscriptionHasRedrivePolicy,
  queuePolicyNamesItsSource,
  topicPolicyNamesItsSource,
  timeoutBudgetFits,
  retriesOutlastRetention,
  tableHasPointInTimeRecovery,
  tableIsEncrypted,
  tableHasDeletionProtection,
  noWildcardPermission,
  noWildcardCall,
  logGroupHasRetention,
  functionHasLogGroup,
  functionIsTraced,
  experimentStopsOnCustomerImpact,
  experimentHasDuration,
  experimentIsLogged,
  experimentHasTargets,
  experimentRoleIsLimited,
  noFaultsInProduction,
  everyDependencyIsDrilled,
].map(withKnownSettings);
