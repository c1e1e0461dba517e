import { AwsError } from "../../wire/aws-error.ts";
import type { EndingEffect } from "./effect.ts";

export interface FaultError {
  readonly code: string;
  /** HTTP status. */
  readonly status: number;
  readonly message: string;
}

/** The call fails with one error, in the form of its service, which does not act. */
export const errorEffect: EndingEffect<FaultError> = {
  role: "ends",
  facts: ({ status, code }) => ({ status, code }),
  end: ({ code, message, status }) => Promise.reject(new AwsError(code, message, status)),
};
