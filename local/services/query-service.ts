import { serveForm } from "../members/serve-input.ts";
import type { AwsCall } from "../wire/aws-call.ts";
import { AwsError } from "../wire/aws-error.ts";
import type { HttpRequest } from "../wire/http.ts";
import { toXml, type XmlValue } from "../wire/xml.ts";
import type { AwsService } from "./aws-service.ts";

/** Form parameters as they came: `Name`, `Tags.member.1.Key`, … */
export type QueryInput = Readonly<Record<string, string>>;

/** Answers what stands inside `<OperationResult>`; `undefined` for an operation without a result. */
export type QueryOperation = (input: QueryInput, call: AwsCall) => XmlValue | Promise<XmlValue>;

export interface QueryServiceOptions {
  readonly xmlNamespace: string;
  /** `Version` of the API, such as `2010-05-08`; a request for another version is of another API. */
  readonly version: string;
}

/** A service of the query protocol (form in, XML out), from a table of its operations. */
export function queryService(
  name: string,
  operations: Readonly<Record<string, QueryOperation>>,
  { xmlNamespace, version }: QueryServiceOptions,
): AwsService {
  return {
    name,
    operations: Object.keys(operations),
    identify(request) {
      const form = readForm(request);
      if (form["Version"] !== undefined && form["Version"] !== version) return undefined;
      const operation = form["Action"];
      if (operation === undefined || !Object.hasOwn(operations, operation)) return undefined;
      return { operation, protocol: "query" };
    },
    async handle(call) {
      const run = operations[call.operation];
      if (!run) throw new Error(`No operation ${name}.${call.operation}`);
      const result = await run(serveForm(call, readForm(call.request)), call);
      const resultXml =
        result === undefined
          ? ""
          : `<${call.operation}Result>${toXml(result)}</${call.operation}Result>`;
      return {
        status: 200,
        headers: { "content-type": "text/xml", "x-amzn-RequestId": call.requestId },
        body:
          `<${call.operation}Response xmlns="${xmlNamespace}">${resultXml}` +
          `<ResponseMetadata><RequestId>${call.requestId}</RequestId></ResponseMetadata></${call.operation}Response>`,
      };
    },
  };
}

/** The form of a request: its body, or its query string where the body is empty. */
export function readForm(request: HttpRequest): Record<string, string> {
  const form =
    request.body.length > 0 ? new URLSearchParams(request.body.toString("utf8")) : request.query;
  return Object.fromEntries(form);
}

/** A list of the query protocol: `prefix.member.1`, `prefix.member.2`, … */
export function readList(input: QueryInput, prefix: string): string[] {
  const values: string[] = [];
  for (let index = 1; ; index++) {
    const value = input[`${prefix}.member.${String(index)}`];
    if (value === undefined) return values;
    values.push(value);
  }
}

/** A parameter that must be there. */
export function required(input: QueryInput, name: string): string {
  const value = input[name];
  if (value === undefined || value === "")
    throw new AwsError(
      "ValidationError",
      `1 validation error detected: Value null at '${name.charAt(0).toLowerCase()}${name.slice(1)}' failed to satisfy constraint: Member must not be null`,
    );
  return value;
}
