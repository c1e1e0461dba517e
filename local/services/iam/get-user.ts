import { AwsError } from "../../wire/aws-error.ts";
import { dateXml } from "./entity-xml.ts";
import type { IamOperation } from "./iam-operation.ts";

/** The caller itself, which is the account's root: there are no users. Source: IAM API, GetUser. */
export const getUser: IamOperation = (input, store, call) => {
  const name = input["UserName"];
  if (name !== undefined)
    throw new AwsError("NoSuchEntity", `The user with name ${name} cannot be found.`, 404);
  if (call.roleArn !== undefined)
    throw new AwsError(
      "ValidationError",
      "Must specify userName when calling with non-User credentials",
    );
  return {
    User: {
      Path: "/",
      UserName: "root",
      UserId: store.accountId,
      Arn: `arn:aws:iam::${store.accountId}:root`,
      CreateDate: dateXml(new Date(0)),
    },
  };
};
