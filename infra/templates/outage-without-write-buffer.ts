import type { ExperimentTemplate } from "../outputs.ts";
import { outage } from "./outage.ts";

/** The same outage; what differs is the stack, which is deployed without the write buffer. */
export function outageWithoutWriteBuffer(): ExperimentTemplate {
  return outage();
}
