import { notFoundError } from "../errors.ts";
import type { FisAction } from "./action.ts";
import { awsAction } from "./aws-action.ts";
import { awsActionTable } from "./aws-action-table.ts";
import { drillApiConnectionReset } from "./drill-api-connection-reset.ts";
import { drillApiDelay } from "./drill-api-delay.ts";
import { drillApiError } from "./drill-api-error.ts";
import { drillApiHang } from "./drill-api-hang.ts";
import { drillApiLostResponse } from "./drill-api-lost-response.ts";
import { drillApiTruncatedResponse } from "./drill-api-truncated-response.ts";
import { drillApiUnparsableResponse } from "./drill-api-unparsable-response.ts";
import { injectApiError } from "./inject-api-error.ts";
import { localstackApiError } from "./localstack-api-error.ts";
import { localstackDoNothing } from "./localstack-do-nothing.ts";
import { localstackLatency } from "./localstack-latency.ts";
import { localstackLogDebug } from "./localstack-log-debug.ts";
import { findLocalstackServiceError, localstackServiceError } from "./localstack-service-error.ts";
import { wait } from "./wait.ts";

/** The actions that experiments can use. */
export interface ActionCatalogue {
  /** In the order of their ids. */
  readonly actions: readonly FisAction[];
  /** Throws ResourceNotFoundException for an action that is not there, in the words of AWS. */
  find(id: string): FisAction;
}

const awsActions = [
  wait,
  injectApiError("internal"),
  injectApiError("throttle"),
  injectApiError("unavailable"),
];

const localstackActions = [
  localstackApiError,
  localstackLatency,
  localstackDoNothing,
  localstackLogDebug,
  // Any other service is found by its id; these are the ones that the application uses.
  ...["apigateway", "dynamodb", "lambda", "sns", "sqs"].map(localstackServiceError),
];

/** What no action of AWS or LocalStack can do. */
const drillApiActions = [
  drillApiConnectionReset,
  drillApiDelay,
  drillApiError,
  drillApiHang,
  drillApiLostResponse,
  drillApiTruncatedResponse,
  drillApiUnparsableResponse,
];

/**
 * @param acceptLocalstackActions whether the `localstack:` actions are there, which LocalStack itself has
 *   dropped with version 4, and the `outage-drill:` ones, which only this cloud has
 * @param furtherActions actions of the caller's own
 */
export function createActionCatalogue(
  acceptLocalstackActions: boolean,
  furtherActions: readonly FisAction[] = [],
): ActionCatalogue {
  const byId = new Map(
    [
      // First, so that an action that is carried out takes its place.
      ...awsActionTable.map(awsAction),
      ...awsActions,
      ...(acceptLocalstackActions ? [...localstackActions, ...drillApiActions] : []),
      ...furtherActions,
    ].map((action) => [action.id, action]),
  );
  const actions = [...byId.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
  return {
    actions,
    find(id) {
      const action =
        byId.get(id) ?? (acceptLocalstackActions ? findLocalstackServiceError(id) : undefined);
      if (!action) throw notFoundError(`Action with ID ${id} not found.`);
      return action;
    },
  };
}
