import { badRequest } from "./api-store.ts";
import type { Stage } from "./rest-api.ts";

/** Takes one line of a stage's access log. */
export type AccessLogSink = (logGroupArn: string, line: string) => void;

const variable = /\$context\.(\w+(?:\.\w+)*)/g;

/** Source of the rule: API Gateway, answer to UpdateStage. */
export function checkAccessLogFormat(format: string): void {
  if (!/\$context\.(requestId|extendedRequestId)\b/.test(format) || /[\r\n]/.test(format.trim()))
    throw badRequest(
      "Invalid format for access log settings: it must be on a single line and contain $context.requestId or $context.extendedRequestId.",
    );
}

/**
 * Writes what a stage's access log format asks of a request; a variable that is not known is `-`.
 * Source of the variables: API Gateway developer guide, "Variables for access logging".
 */
export function writeAccessLog(
  sink: AccessLogSink | undefined,
  { accessLogSettings }: Partial<Pick<Stage, "accessLogSettings">>,
  context: Readonly<Record<string, unknown>>,
): void {
  const { destinationArn, format } = accessLogSettings ?? {};
  if (!sink || !destinationArn || !format) return;
  sink(
    destinationArn,
    format.trim().replace(variable, (_, path: string) => read(context, path)),
  );
}

function read(context: Readonly<Record<string, unknown>>, path: string): string {
  let value: unknown = context[path];
  if (value === undefined) {
    value = context;
    for (const name of path.split("."))
      value =
        typeof value === "object" && value !== null && Object.hasOwn(value, name)
          ? (value as Record<string, unknown>)[name]
          : undefined;
  }
  return typeof value === "string" || typeof value === "number" ? String(value) : "-";
}
