import type { Check, Experiment } from "../../harness/experiment.ts";
import {
  deadLetterQueueIsEmpty,
  everyReadAnswers,
  everyWriteIs,
  everyWriteIsAcknowledged,
  isSteady,
  nothingLostNothingStale,
} from "../../harness/checks.ts";
import { hold } from "../../harness/step-errors.ts";
import {
  answers,
  canShowItsLoss,
  scanRaises,
  tableHas,
  own,
} from "../../product/tutorial-checks.ts";
import { loadProduct } from "./load-product.ts";

const gadget = loadProduct("prod-2004");
const widget = loadProduct("prod-1003");

const add = "Product added/updated successfully.";
const queued = "A DynamoDB error occurred. Message sent to queue.";

/** The tutorial's outage, step by step, under a steady load. */
export const outage: Experiment = {
  name: "outage",
  title: "DynamoDB fails every call",
  inStandardSet: true,
  hypothesis:
    "while DynamoDB fails, writes are taken by the queue, and all of them end up in the table",
  template: (templates) => templates["outage"],
  stackTemplate: {
    scenario: "outage",
    failure:
      "DynamoDB denies the functions with 400 AccessDeniedException, which SDKs do not retry",
  },
  config: {},
  load: {
    keys: { hot: 10, handover: 12, faultOnly: 8 },
    before: { durationMs: 1_500, writesPerSecond: 40, readsPerSecond: 20 },
    during: { durationMs: 5_000, writesPerSecond: 70, readsPerSecond: 10 },
    after: { durationMs: 2_000, writesPerSecond: 40, readsPerSecond: 20 },
    timeoutMs: 10_000,
  },
  drainDeadlineMs: 90_000,
  faultSign: (op) => op.type !== "ok",
  possibleAcknowledgements: ["queued"],
  checks: {
    before: [
      early(canShowItsLoss(gadget)),
      early(canShowItsLoss(widget)),
      early(answers("POST prod-2004", (context) => context.write(own(context, gadget)), 200, add)),
      everyWriteIsAcknowledged("before"),
      isSteady("before"),
    ],
    during: [
      early(
        answers("POST prod-1003", (context) => context.write(own(context, widget)), 200, queued),
      ),
      early(answers("GET prod-2004", (context) => context.read(own(context, gadget).id), 503)),
      early(scanRaises("DynamoDbException")),
      everyWriteIs("during", "queued", `every POST answers "${queued}"`),
      everyReadAnswers("during", 503),
    ],
    after: [everyWriteIsAcknowledged("after")],
    verify: [
      nothingLostNothingStale,
      tableHas(gadget),
      tableHas(widget),
      deadLetterQueueIsEmpty,
      {
        name: "the write of the outage can be read through the API",
        run: async (context) => {
          const { id } = own(context, widget);
          const op = await context.read(id);
          hold(op.status === 200, `GET ${id} answered ${String(op.status)}: ${op.body ?? ""}`);
        },
      },
    ],
  },
};

function early(check: Check): Check {
  return { ...check, early: true };
}
