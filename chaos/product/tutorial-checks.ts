import type { CheckContext } from "../harness/check-context.ts";
import type { Check } from "../harness/experiment.ts";
import { isAcknowledged } from "../harness/history.ts";
import type { Op } from "../harness/history.ts";
import { productValue } from "./product.ts";
import type { Product } from "./product.ts";
import { hold, NotApplicableError } from "../harness/step-errors.ts";
import { isAws } from "../harness/target.ts";
import { queueDepth } from "../probes/queue-depth.ts";
import { outputOf } from "./output-of.ts";

/**
 * One request, with this status and, when given, a body that contains each of these texts. Where 200 is
 * asked for, 202 (Accepted) will do.
 */
export function answers(
  request: string,
  send: (context: CheckContext) => Promise<Op>,
  status: number | "an error",
  ...texts: readonly string[]
): Check {
  const answer = [String(status), ...texts.map((text) => `"${text}"`)].join(" ");
  return {
    name: `${request} answers ${answer}`,
    run: async (context) => {
      const op = await send(context);
      const isExpected =
        status === "an error"
          ? (op.status ?? 0) >= 500
          : op.status === status || (status === 200 && op.status === 202);
      hold(
        isExpected && texts.every((text) => op.body?.includes(text)),
        `It answered ${String(op.status ?? op.error)}: ${op.body ?? ""}`,
      );
      return `${String(op.status)} ${op.body ?? ""}`;
    },
  };
}

/** The answer carries the text of the injected error, where the fault has one. */
export function answersInjectedError(
  request: string,
  send: (context: CheckContext) => Promise<Op>,
  code: string,
): Check {
  return {
    name: `${request} answers an error "(${code})" with the text of the injected error`,
    run: (context) =>
      answers(request, send, "an error", `(${code})`, context.fault.message ?? "").run(context),
  };
}

/** A scan of the table, in one attempt, fails with this exception. */
export function scanRaises(exception: string): Check {
  return raises("a scan", exception, async (context) => {
    const { table } = await context.truth();
    return `it returned ${String(table?.size)} items`;
  });
}

/** Asking the queue how much it holds, in one attempt, fails with this exception. */
export function queueRaises(exception: string): Check {
  return raises("asking the queue", exception, async (context) => {
    const { app } = context;
    const queueUrl = outputOf(app, "productEventsQueueUrl");
    const depth = queueUrl && (await queueDepth(app.aws.sqs, queueUrl, app.signal));
    return depth ? `it holds ${String(depth.visible)} messages` : "the stack has no queue";
  });
}

function raises(
  call: string,
  exception: string,
  make: (context: CheckContext) => Promise<string>,
): Check {
  return {
    name: `${call} raises ${exception}`,
    run: async (context) => {
      const { hitsEveryCaller, failure } = context.fault;
      if (!hitsEveryCaller)
        throw new NotApplicableError(`the fault hits the application alone: ${failure}`);
      const raised = await make(context).then(
        (result) => `nothing: ${result}`,
        (error: unknown) => (error instanceof Error ? error.name : String(error)),
      );
      hold(raised === exception, `It raised ${raised}.`);
    },
  };
}

/** A scan of the table shows the product as this run has written it, its price as a number. */
export function tableHas(product: Product): Check {
  return {
    name: `a scan shows ${product.id} as it was sent`,
    run: async (context) => {
      const { id } = own(context, product);
      const found = (await context.truth())["table"]?.get(id);
      hold(found === productValue(product), `The table has ${String(found ?? "no such item")}.`);
      return found;
    },
  };
}

/**
 * Makes sure that a write of the product can show its loss: on a stack that has been used before, the
 * table may already have it, exactly as it will be sent.
 */
export function canShowItsLoss(product: Product): Check {
  return {
    name: `the table does not have ${product.id} as it will be sent`,
    run: async (context) => {
      const sent = own(context, product);
      const found = (await context.truth())["table"]?.get(sent.id);
      if (found !== productValue(sent)) return "it does not";
      const op = await context.write({ ...sent, description: "Before the drill" });
      hold(isAcknowledged(op), `The write that replaces it failed: ${op.body ?? op.error ?? ""}`);
      return "it did, and was replaced";
    },
  };
}

/** Under an id of this run on AWS: a product of the same id there would be written over. */
export function own({ target, keyPrefix }: CheckContext, product: Product): Product {
  return isAws(target) ? { ...product, id: `${keyPrefix}${product.id}` } : product;
}
