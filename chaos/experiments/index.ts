import type { Experiment } from "../harness/experiment.ts";
import { whyNotOn } from "../product/why-not-on.ts";
import { burstAfterRecovery } from "./burst-after-recovery/experiment.ts";
import { connectionReset } from "./connection-reset/experiment.ts";
import { denied } from "./denied/experiment.ts";
import { functionError } from "./function-error/experiment.ts";
import { functionResponse } from "./function-response/experiment.ts";
import { latency } from "./latency/experiment.ts";
import { lostAcknowledgement } from "./lost-acknowledgement/experiment.ts";
import { mixedFailures } from "./mixed-failures/experiment.ts";
import { outageWithoutWriteBuffer } from "./outage-without-write-buffer/experiment.ts";
import { outage } from "./outage/experiment.ts";
import { partialOutage } from "./partial-outage/experiment.ts";
import { poisonMessage } from "./poison-message/experiment.ts";
import { queueOutage } from "./queue-outage/experiment.ts";
import { retryFunctionFailure } from "./retry-function-failure/experiment.ts";
import { slowDatabase } from "./slow-database/experiment.ts";
import { slowFunctions } from "./slow-functions/experiment.ts";
import { staleReplay } from "./stale-replay/experiment.ts";
import { throttling } from "./throttling/experiment.ts";
import { totalOutage } from "./total-outage/experiment.ts";
import { unparsable } from "./unparsable/experiment.ts";
import { writeOutage } from "./write-outage/experiment.ts";

/** Those of one stack configuration together; the longest first, as several run at a time. */
const catalogue: readonly Experiment[] = [
  outage,
  retryFunctionFailure,
  burstAfterRecovery,
  latency,
  slowDatabase,
  totalOutage,
  queueOutage,
  mixedFailures,
  lostAcknowledgement,
  staleReplay,
  partialOutage,
  throttling,
  denied,
  writeOutage,
  unparsable,
  connectionReset,
  poisonMessage,
  slowFunctions,
  functionError,
  functionResponse,
  outageWithoutWriteBuffer,
];

/** The experiments of this application. */
export const experiments = catalogue.map((experiment): Experiment => ({
  ...experiment,
  whyNotOn: (target) => whyNotOn(experiment, target),
}));
