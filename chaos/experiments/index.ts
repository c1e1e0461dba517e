import type { Experiment } from "../harness/experiment.ts";
import { latency } from "./latency/experiment.ts";
import { outageWithoutWriteBuffer } from "./outage-without-write-buffer/experiment.ts";
import { outage } from "./outage/experiment.ts";
import { slowDatabase } from "./slow-database/experiment.ts";
import { totalOutage } from "./total-outage/experiment.ts";

/** In the order in which they run: those of one stack configuration together. */
export const experiments: readonly Experiment[] = [
  outage,
  latency,
  slowDatabase,
  totalOutage,
  outageWithoutWriteBuffer,
];
