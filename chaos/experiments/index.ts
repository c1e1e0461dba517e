import type { Experiment } from "../harness/experiment.ts";
import { functionError } from "./function-error/experiment.ts";
import { functionResponse } from "./function-response/experiment.ts";
import { latency } from "./latency/experiment.ts";
import { outageWithoutWriteBuffer } from "./outage-without-write-buffer/experiment.ts";
import { outage } from "./outage/experiment.ts";
import { queueOutage } from "./queue-outage/experiment.ts";
import { slowDatabase } from "./slow-database/experiment.ts";
import { slowFunctions } from "./slow-functions/experiment.ts";
import { totalOutage } from "./total-outage/experiment.ts";

/** In the order in which they run: those of one stack configuration together. */
export const experiments: readonly Experiment[] = [
  outage,
  latency,
  slowDatabase,
  totalOutage,
  queueOutage,
  slowFunctions,
  functionError,
  functionResponse,
  outageWithoutWriteBuffer,
];
