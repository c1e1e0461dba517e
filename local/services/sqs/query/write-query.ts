import type { AwsCall } from "../../../wire/aws-call.ts";
import type { HttpAnswer } from "../../../wire/http.ts";
import { toXml, type XmlValue } from "../../../wire/xml.ts";

const xmlNamespace = "http://queue.amazonaws.com/doc/2012-11-05/";

/** Member of an output → element of each of its items. Source: SQS API 2012-11-05, query protocol. */
const listElements: Readonly<Record<string, string>> = {
  Messages: "Message",
  QueueUrls: "QueueUrl",
  queueUrls: "QueueUrl",
  Failed: "BatchResultErrorEntry",
  Results: "ListMessageMoveTasksResultEntry",
};

/** Member of an output → element of each entry, and what its key is called. */
const mapElements: Readonly<Record<string, readonly [element: string, key: string]>> = {
  Attributes: ["Attribute", "Name"],
  MessageAttributes: ["MessageAttribute", "Name"],
  Tags: ["Tag", "Key"],
};

/** The answer of an operation in the query protocol: lists and maps have no element around them. */
export function writeQuery({ operation, requestId }: AwsCall, output: unknown): HttpAnswer {
  const result =
    output === undefined
      ? ""
      : `<${operation}Result>${elementsOf(output as object, operation)}</${operation}Result>`;
  return {
    status: 200,
    headers: { "content-type": "text/xml", "x-amzn-RequestId": requestId },
    body: `<?xml version="1.0"?><${operation}Response xmlns="${xmlNamespace}">${result}<ResponseMetadata><RequestId>${requestId}</RequestId></ResponseMetadata></${operation}Response>`,
  };
}

function elementsOf(members: object, operation: string): string {
  return Object.entries(members)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]: [string, unknown]) => memberOf(name, value, operation))
    .join("");
}

function memberOf(name: string, value: unknown, operation: string): string {
  const element = name === "Successful" ? `${operation}ResultEntry` : listElements[name];
  if (element !== undefined)
    return (value as unknown[]).map((item) => elementOf(element, item, operation)).join("");
  const [entry, key] = mapElements[name] ?? [];
  if (entry === undefined || key === undefined) return elementOf(name, value, operation);
  return Object.entries(value as object)
    .map(([at, inner]) => elementOf(entry, { [key]: at, Value: inner as unknown }, operation))
    .join("");
}

function elementOf(name: string, value: unknown, operation: string): string {
  const inner =
    typeof value === "object" && value !== null
      ? elementsOf(value, operation)
      : toXml(value as XmlValue);
  return `<${name}>${inner}</${name}>`;
}
