import { contextOf } from "../../../iam/condition-context.ts";
import { evaluate } from "../../../iam/evaluate.ts";
import type { FunctionStore } from "../function-store.ts";
import type { LambdaFunction } from "../lambda-function.ts";
import type { LambdaResult } from "../lambda-invoker.ts";
import { policyDocumentOf } from "../operations/permissions.ts";
import type { FunctionUrl } from "./function-url.ts";

export interface FunctionWithUrl {
  readonly lambdaFunction: LambdaFunction;
  readonly url: FunctionUrl;
}

/** What the step that answers requests to function URLs needs of the Lambda service. */
export interface FunctionUrls {
  find(urlId: string): FunctionWithUrl | undefined;
  /**
   * The action that the function's resource-based policy does not allow everybody, `undefined` when it
   * allows both that a call by URL needs. Source: Lambda developer guide, "Control access to Lambda
   * function URLs".
   */
  deniedToAll(found: FunctionWithUrl): string | undefined;
  /** Passes the same faults as `lambda:Invoke`. */
  invoke(found: FunctionWithUrl, payload: string, signal?: AbortSignal): Promise<LambdaResult>;
}

/** Condition keys of a call by URL. Source: Service Authorization Reference, AWS Lambda. */
export function urlConditions({ authType }: FunctionUrl): Readonly<Record<string, string>> {
  return {
    "lambda:functionurlauthtype": authType,
    "lambda:invokedviafunctionurl": "true",
  };
}

export function createFunctionUrls(
  functions: FunctionStore,
  invoke: (
    lambdaFunction: LambdaFunction,
    payload: string,
    signal?: AbortSignal,
  ) => Promise<LambdaResult>,
): FunctionUrls {
  return {
    find(urlId) {
      for (const lambdaFunction of functions.all())
        if (lambdaFunction.url?.urlId === urlId) return { lambdaFunction, url: lambdaFunction.url };
      return undefined;
    },
    deniedToAll({ lambdaFunction, url }) {
      const context = contextOf(urlConditions(url));
      return ["lambda:InvokeFunctionUrl", "lambda:InvokeFunction"].find(
        (action) =>
          evaluate({
            ...{ action, resource: lambdaFunction.arn, context, identityPolicies: [] },
            resourcePolicies: [policyDocumentOf(lambdaFunction)],
          }) !== "allow",
      );
    },
    invoke: ({ lambdaFunction }, payload, signal) => invoke(lambdaFunction, payload, signal),
  };
}
