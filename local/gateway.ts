import { withCors } from "./access/with-cors.ts";
import type { Log } from "./log.ts";
import type { Exchange, Step } from "./steps/step.ts";
import { AwsError } from "./wire/aws-error.ts";
import { TransportFailure } from "./wire/transport-failure.ts";
import type { HttpAnswer } from "./wire/http.ts";
import { writeError } from "./wire/write-error.ts";

/** The path of every request, in order. Each step is one file in `local/steps/`. */
export interface GatewaySteps {
  /** Whether the endpoint goes by the name in the request: keeps rebound names out. */
  readonly checkHost: Step;
  /** Requests to deployed APIs, by host or by path. Which pages may use them is their own affair. */
  readonly executeApi: Step;
  /** Whether a web page asks: keeps pages out of all that follows. */
  readonly checkOrigin: Step;
  /** `/_localstack/health` */
  readonly health: Step;
  /** `/_localstack/chaos/…`, `/_outage-drill/leases` and `/_outage-drill/event-source-mappings` */
  readonly chaosApi: Step;
  /** Which service, operation and region an AWS call is for. */
  readonly identify: Step;
  /** Whether the caller's role may do it. */
  readonly authorize: Step;
  /** Whether the call waits, fails or loses its answer: `local/faults/decide.ts`. */
  readonly injectFault: Step;
  /** The service's own answer. */
  readonly dispatch: Step;
}

/** Rejects with a TransportFailure where a fault has the answer fail on its way. */
export type Gateway = (exchange: Exchange) => Promise<HttpAnswer>;

export function createGateway(steps: GatewaySteps, log: Log): Gateway {
  const path = [
    steps.checkHost,
    // Before any other step, so that nothing else is reached through the host of a deployed API.
    steps.executeApi,
    steps.checkOrigin,
    steps.health,
    steps.chaosApi,
    steps.identify,
    steps.authorize,
    steps.injectFault,
    steps.dispatch,
  ];
  return async (exchange) => {
    const answer = await run(exchange);
    return exchange.allowedOrigin === undefined ? answer : withCors(answer, exchange.allowedOrigin);
  };

  async function run(exchange: Exchange): Promise<HttpAnswer> {
    try {
      for (const step of path) {
        const answered = step(exchange);
        const answer = answered instanceof Promise ? await answered : answered;
        if (answer) return answer;
      }
      throw new Error("No step answered the request.");
    } catch (error) {
      if (error instanceof TransportFailure) throw error;
      return answerError(error, exchange, log);
    }
  }
}

function answerError(error: unknown, exchange: Exchange, log: Log): HttpAnswer {
  const { call, requestId } = exchange;
  const form = {
    service: call?.service ?? "",
    protocol: call?.protocol ?? ("rest-json" as const),
    requestId,
  };
  if (error instanceof AwsError) return writeError(error, form);
  if (!exchange.signal.aborted)
    log({
      event: "internal-failure",
      service: call?.service,
      operation: call?.operation,
      path: exchange.request.path,
      error: error instanceof Error ? (error.stack ?? error.message) : String(error),
      requestId,
    });
  return writeError(
    new AwsError("InternalFailure", "The embedded cloud failed to answer; its log says why.", 500),
    form,
  );
}
