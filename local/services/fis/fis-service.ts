import type { FaultStore } from "../../faults/fault-store.ts";
import type { Log } from "../../log.ts";
import type { AwsService } from "../aws-service.ts";
import { restJsonService } from "../rest-json-service.ts";
import type { FisAction } from "./actions/action.ts";
import { createActionCatalogue } from "./actions/catalogue.ts";
import { createClientTokens } from "./client-tokens.ts";
import { createExperimentRunner } from "./experiment-runner.ts";
import { createExperimentStore } from "./experiment-store.ts";
import type { FisContext } from "./fis-context.ts";
import { actionOperations } from "./operations/action-operations.ts";
import { experimentOperations } from "./operations/experiment-operations.ts";
import { safetyLeverOperations } from "./operations/safety-lever-operations.ts";
import { startExperiment } from "./operations/start-experiment.ts";
import { tagOperations } from "./operations/tag-operations.ts";
import { targetResourceTypeOperations } from "./operations/target-resource-type-operations.ts";
import { templateOperations } from "./operations/template-operations.ts";
import { createTargetResolver, type TargetRole } from "./resolve-targets.ts";
import { createSafetyLever } from "./safety-lever.ts";
import { createTemplateStore } from "./template-store.ts";

export interface FisServiceOptions {
  /** Where the rules of running experiments go. */
  readonly store: FaultStore;
  readonly log: Log;
  readonly accountId: string;
  /** Whether the `localstack:` actions are there, which LocalStack itself dropped. Default: yes. */
  readonly acceptLocalstackActions?: boolean;
  /** Actions besides those of the catalogue. */
  readonly furtherActions?: readonly FisAction[];
  /**
   * The IAM roles that there are: targets can then choose by tag, and an ARN that is not there fails
   * the experiment. Without it role ARNs are taken as they are.
   */
  readonly listRoles?: () => readonly TargetRole[];
  /** Gives numbers from 0 up to, and not including, 1; picks targets. Default: `Math.random`. */
  readonly random?: () => number;
}

/** AWS Fault Injection Service, API version 2020-12-01, with actions that take effect. */
export function createFisService(options: FisServiceOptions): AwsService {
  const { store, log, accountId, listRoles, random = Math.random } = options;
  const targets = createTargetResolver({ random, ...(listRoles && { listRoles }) });
  const context: FisContext = {
    accountId,
    catalogue: createActionCatalogue(
      options.acceptLocalstackActions ?? true,
      options.furtherActions,
    ),
    targets,
    templates: createTemplateStore(),
    experiments: createExperimentStore(),
    runner: createExperimentRunner({ faults: store, targets, accountId, log }),
    clientTokens: createClientTokens(),
    safetyLever: createSafetyLever(),
  };
  return restJsonService(
    "fis",
    [
      ...templateOperations(context),
      startExperiment(context),
      ...experimentOperations(context),
      ...actionOperations(context),
      ...targetResourceTypeOperations(),
      ...tagOperations(context),
      ...safetyLeverOperations(context),
    ],
    { close: () => context.runner.close() },
  );
}
