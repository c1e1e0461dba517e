import type { FaultStore } from "../../faults/fault-store.ts";
import type { Log } from "../../log.ts";
import type { AwsService } from "../aws-service.ts";
import { restJsonService } from "../rest-json-service.ts";
import type { FisAction } from "./actions/action.ts";
import { createActionCatalogue } from "./actions/catalogue.ts";
import { createClientTokens } from "./client-tokens.ts";
import { createExperimentLeases } from "./experiment-lease.ts";
import { createExperimentLog, type WriteExperimentLog } from "./experiment-log.ts";
import { createExperimentRunner } from "./experiment-runner.ts";
import { createExperimentStore } from "./experiment-store.ts";
import type { FisContext } from "./fis-context.ts";
import { createInvocationFaultStore, type InvocationFaultStore } from "./invocation-fault-store.ts";
import { actionOperations } from "./operations/action-operations.ts";
import { experimentOperations } from "./operations/experiment-operations.ts";
import { safetyLeverOperations } from "./operations/safety-lever-operations.ts";
import { startExperiment } from "./operations/start-experiment.ts";
import { tagOperations } from "./operations/tag-operations.ts";
import { targetResourceTypeOperations } from "./operations/target-resource-type-operations.ts";
import { templateOperations } from "./operations/template-operations.ts";
import { createTargetResolver, type TargetResource } from "./resolve-targets.ts";
import { createSafetyLever } from "./safety-lever.ts";
import { type AlarmWatch, watchStopConditions } from "./stop-conditions.ts";
import { createTemplateStore } from "./template-store.ts";

export interface FisServiceOptions {
  /** Where the rules of running experiments go. */
  readonly store: FaultStore;
  readonly log: Log;
  readonly accountId: string;
  /** Whether the actions are there that AWS does not have: `localstack:` and `outage-drill:`. Default:
   * yes. */
  readonly acceptLocalstackActions?: boolean;
  /** Actions besides those of the catalogue. */
  readonly furtherActions?: readonly FisAction[];
  /**
   * The IAM roles that there are: targets can then choose by tag, and an ARN that is not there fails
   * the experiment. Without it role ARNs are taken as they are.
   */
  readonly listRoles?: () => readonly TargetResource[];
  /** The functions that there are, in the same way. */
  readonly listFunctions?: () => readonly TargetResource[];
  /** Where the faults inside Lambda go. Default: nobody asks for them. */
  readonly invocationFaults?: InvocationFaultStore;
  /** Takes the records of experiments whose template names a log group. Default: dropped. */
  readonly writeExperimentLog?: WriteExperimentLog;
  /** Whether a log group is there. Default: any is. */
  readonly hasLogGroup?: (logGroupArn: string) => boolean;
  /** Why a template's role cannot be assumed for an experiment; `undefined`: it can. */
  readonly roleProblem?: (roleArn: string, experimentArn: string) => string | undefined;
  /** The alarms that can be stop conditions. */
  readonly alarms?: AlarmWatch;
  /** Gives numbers from 0 up to, and not including, 1; picks targets. Default: `Math.random`. */
  readonly random?: () => number;
}

/** AWS Fault Injection Service, API version 2020-12-01, with actions that take effect. */
export function createFisService(options: FisServiceOptions): AwsService {
  const { store, log, accountId, listRoles, listFunctions, random = Math.random } = options;
  const { invocationFaults = createInvocationFaultStore({ log, random }) } = options;
  const targets = createTargetResolver({
    random,
    lists: {
      ...(listRoles && { "aws:iam:role": listRoles }),
      ...(listFunctions && { "aws:lambda:function": listFunctions }),
    },
  });
  const experiments = createExperimentStore();
  const write = options.writeExperimentLog ?? (() => undefined);
  const runner = createExperimentRunner({
    faults: store,
    invocationFaults,
    targets,
    accountId,
    log: createExperimentLog({ log, accountId, experiments, write }),
    ...(options.hasLogGroup && { hasLogGroup: options.hasLogGroup }),
    ...(options.roleProblem && { roleProblem: options.roleProblem }),
  });
  const context: FisContext = {
    accountId,
    log,
    catalogue: createActionCatalogue(
      options.acceptLocalstackActions ?? true,
      options.furtherActions,
    ),
    targets,
    templates: createTemplateStore(),
    experiments,
    runner,
    leases: createExperimentLeases(runner),
    clientTokens: createClientTokens(),
    safetyLever: createSafetyLever(),
    alarms: options.alarms,
  };
  if (options.alarms) watchStopConditions(options.alarms, context);
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
    {
      close() {
        context.leases.close();
        return runner.close();
      },
    },
  );
}
