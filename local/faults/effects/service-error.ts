import { AwsError } from "../../wire/aws-error.ts";
import { errorsOf, type Failure } from "../service-errors/errors-of.ts";
import type { EndingEffect, Hit } from "./effect.ts";
import type { FaultError } from "./error.ts";

export interface ServiceErrorSettings {
  readonly failure: Failure;
  /** What is to be so in every error, whatever the service sends. */
  readonly fixed?: Partial<FaultError>;
}

/**
 * The call fails with an error that its service really sends for such a failure, for each call
 * another one of them; the service does not act.
 */
export const serviceErrorEffect: EndingEffect<ServiceErrorSettings> = {
  role: "ends",
  facts(settings, hit) {
    const { status, code } = choose(settings, hit);
    return { failure: settings.failure, status, code };
  },
  end(settings, hit) {
    const { code, message, status, fields } = choose(settings, hit);
    return Promise.reject(new AwsError(code, message, status, fields));
  },
};

function choose({ failure, fixed }: ServiceErrorSettings, hit: Hit) {
  const errors = errorsOf(failure, hit);
  const chosen = errors[Math.min(Math.floor(hit.choice * errors.length), errors.length - 1)];
  if (!chosen) throw new Error(`No error of ${hit.call.service} is known for ${failure}.`);
  return { ...chosen, ...fixed };
}
