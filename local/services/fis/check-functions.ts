import { roleMay } from "../../iam/service-trust.ts";
import type { IamStore } from "../iam/iam-store.ts";
import type { LambdaService } from "../lambda/lambda-service.ts";
import type { CheckFunctions } from "./actions/lambda-invocation.ts";

export interface CheckFunctionsOptions {
  readonly iam: IamStore;
  readonly lambda: Pick<LambdaService, "listFunctions">;
}

/** Where AWS's extension reads its faults from. Source: FIS User Guide, AWS Lambda actions. */
const locationVariable = "AWS_FIS_CONFIGURATION_LOCATION";

/**
 * What FIS on AWS needs for its actions on functions: its own role reads the function and writes to
 * the place that the function names, and the function's role reads there. No extension is needed
 * here, so a function that names no place is taken, and the log says so.
 */
export function createCheckFunctions({ iam, lambda }: CheckFunctionsOptions): CheckFunctions {
  return ({ roleArn, experimentId, action, log }, functionArns) => {
    const functions = lambda.listFunctions();
    const require = (role: string, needed: string, resource: string, prefix?: string): void => {
      const context = {
        ...tagsContext(functions.find(({ arn }) => arn === resource)?.tags ?? {}),
        ...(prefix !== undefined && { "s3:prefix": prefix }),
      };
      if (!roleMay(iam, role, { action: needed, resource, context }))
        throw new Error(`${role} is not authorized to perform: ${needed} on resource: ${resource}`);
    };
    for (const found of functions.filter(({ arn }) => functionArns.includes(arn))) {
      require(roleArn, "lambda:GetFunction", found.arn);
      const location = found.variables[locationVariable];
      if (location === undefined) {
        log({
          event: "fis-lambda-extension-missing",
          experimentId,
          action,
          function: found.arn,
          problem: `On AWS the function needs FIS's extension, and ${locationVariable}.`,
        });
        continue;
      }
      const [bucket = "", prefix = ""] = splitLocation(location);
      for (const needed of ["s3:PutObject", "s3:DeleteObject"])
        require(roleArn, needed, `${bucket}/${prefix}fault`);
      require(found.roleArn, "s3:ListBucket", bucket, prefix);
      require(found.roleArn, "s3:GetObject", `${bucket}/${prefix}fault`);
    }
  };
}

/** `arn:aws:s3:::bucket/FisConfigs/` → the bucket's ARN, and `FisConfigs/`. */
function splitLocation(location: string): [bucketArn: string, prefix: string] {
  const slash = location.indexOf("/");
  if (slash < 0) return [location, ""];
  return [location.slice(0, slash), location.slice(slash + 1)];
}

function tagsContext(tags: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(tags).map(([key, value]) => [`aws:ResourceTag/${key}`, value]),
  );
}
