import type { AwsCall } from "../../wire/aws-call.ts";
import type { XmlValue } from "../../wire/xml.ts";
import type { QueryInput } from "../query-service.ts";
import type { IamStore } from "./iam-store.ts";

/**
 * One operation: what stands inside `<OperationResult>`, `undefined` for one without a result.
 * Throws AwsError.
 */
export type IamOperation = (input: QueryInput, store: IamStore, call: AwsCall) => XmlValue;
