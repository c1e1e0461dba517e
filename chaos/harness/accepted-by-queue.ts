import {
  deadLetterQueueIsEmpty,
  everyReadAnswers,
  everyWriteIsAcknowledged,
  isSteady,
  nothingLostNothingStale,
} from "./checks.ts";
import type { Experiment } from "./experiment.ts";
import { shortLoad } from "./short-load.ts";

/**
 * An experiment in which the database does nothing for its callers: writes can only be taken by the
 * queue, and reads fail.
 *
 * @param fields what the experiment is about; they win over what such experiments have in common
 */
export function acceptedByQueue(
  fields: Pick<Experiment, "name" | "title" | "hypothesis"> & Partial<Experiment>,
): Experiment {
  return {
    template: (templates) => templates[fields.name],
    config: {},
    load: shortLoad(),
    drainDeadlineMs: 90_000,
    faultSign: (op) => op.type !== "ok",
    possibleAcknowledgements: ["queued"],
    checks: {
      before: [isSteady("before")],
      during: [everyWriteIsAcknowledged("during"), everyReadAnswers("during", 503)],
      after: [everyWriteIsAcknowledged("after")],
      verify: [nothingLostNothingStale, deadLetterQueueIsEmpty],
    },
    ...fields,
  };
}
