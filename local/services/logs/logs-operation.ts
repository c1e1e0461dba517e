import type { AwsCall } from "../../wire/aws-call.ts";
import type { JsonInput } from "../json-service.ts";
import type { LogsStore } from "./logs-store.ts";

/** One operation: its output, `undefined` for one without. Throws AwsError. */
export type LogsOperation = (input: JsonInput, store: LogsStore, call: AwsCall) => unknown;
