import { AwsError } from "../../wire/aws-error.ts";
import type { AwsCall } from "../../wire/aws-call.ts";
import type { LambdaFunction } from "./lambda-function.ts";

/** Functions by ARN. */
export class FunctionStore {
  readonly #functions = new Map<string, LambdaFunction>();

  add(lambdaFunction: LambdaFunction): void {
    this.#functions.set(lambdaFunction.arn, lambdaFunction);
  }

  delete(lambdaFunction: LambdaFunction): void {
    this.#functions.delete(lambdaFunction.arn);
  }

  has(arn: string): boolean {
    return this.#functions.has(arn);
  }

  /** A function that is known to be there. */
  byArn(arn: string): LambdaFunction {
    const found = this.#functions.get(arn);
    if (!found)
      throw new AwsError("ResourceNotFoundException", `Function not found: ${arn}`, 404, {
        Type: "User",
      });
    return found;
  }

  list(region: string): LambdaFunction[] {
    return [...this.#functions.values()].filter((each) => each.region === region);
  }

  all(): LambdaFunction[] {
    return [...this.#functions.values()];
  }

  /**
   * The function that a name, partial ARN or ARN means. A qualifier, behind it or in the call's
   * query, may be `$LATEST` only: there are no other versions.
   */
  find(
    reference: string,
    {
      region,
      accountId,
      request,
    }: Pick<AwsCall, "region" | "accountId"> & { readonly request?: AwsCall["request"] },
  ): LambdaFunction {
    const { name, qualifier: behind, region: ofArn } = parseReference(reference);
    const qualifier = behind ?? (request?.query.get("Qualifier") || undefined);
    const arn = `arn:aws:lambda:${ofArn ?? region}:${accountId}:function:${name}`;
    const found = this.#functions.get(arn);
    if (!found || (qualifier !== undefined && qualifier !== "$LATEST"))
      throw new AwsError(
        "ResourceNotFoundException",
        `Function not found: ${arn}${qualifier === undefined ? "" : `:${qualifier}`}`,
        404,
        { Type: "User" },
      );
    return found;
  }
}

/** Source: Lambda API, FunctionName: name, `account:function:name`, or ARN, each with a qualifier. */
function parseReference(reference: string): {
  name: string;
  qualifier?: string;
  region?: string;
} {
  const match =
    /^(?:arn:aws[\w-]*:lambda:(?<region>[\w-]+):)?(?:\d{12}:)?(?:function:)?(?<name>[\w-]+)(?::(?<qualifier>\$LATEST|[\w-]+))?$/.exec(
      reference,
    );
  const { name, qualifier, region } = match?.groups ?? {};
  if (name === undefined)
    throw new AwsError(
      "ValidationException",
      `1 validation error detected: Value '${reference}' at 'functionName' failed to satisfy constraint: Member must be the name or the ARN of a function`,
    );
  return { name, ...(qualifier && { qualifier }), ...(region && { region }) };
}
