import { readFile } from "node:fs/promises";
import { CannotRunError } from "../cannot-run-error.ts";
import type { DrillOutputs, StackResource } from "../harness/target.ts";

/** A stack as the Pulumi CLI, or a file of what it prints, describes it. */
export interface StackDescription {
  readonly outputs: DrillOutputs;
  readonly ownOutputs: Readonly<Record<string, unknown>>;
  readonly resources?: readonly StackResource[];
}

const how = "as pulumi stack output --json or pulumi stack export prints them";

/**
 * The stack in a file with what `pulumi stack output --json`, or `pulumi stack export`, prints.
 *
 * @throws CannotRunError with one sentence that names the file and what is wrong with it
 */
export async function readStack(path: string): Promise<StackDescription> {
  const text = await readFile(path, "utf8").catch((error: unknown) => {
    const { code = "" } = error as NodeJS.ErrnoException;
    throw new CannotRunError(`Cannot read stack outputs from ${path} (${code}); give them ${how}.`);
  });
  return parseStack(text, path);
}

/**
 * @param source what to call it
 * @throws CannotRunError
 */
export function parseStack(text: string, source: string): StackDescription {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new CannotRunError(
      `Cannot read stack outputs from ${source} (${(error as Error).message}); give them ${how}.`,
    );
  }
  if (typeof json !== "object" || json === null || Array.isArray(json))
    throw new CannotRunError(`${source} holds no stack outputs; give them ${how}.`);
  const { deployment } = json as { readonly deployment?: { readonly resources?: unknown } };
  if (deployment === undefined) return describe(json as Fields);
  const resources = (Array.isArray(deployment.resources) ? deployment.resources : []) as Exported[];
  const stack = resources.find(({ type }) => type === "pulumi:pulumi:Stack");
  if (!stack)
    throw new CannotRunError(`The stack in ${source} has no resources: run pulumi up first.`);
  return describe(
    stack.outputs ?? {},
    resources.flatMap(({ type, urn, id, outputs = {} }) =>
      type.startsWith("pulumi:")
        ? []
        : [
            {
              type,
              name: urn.split("::").at(-1) ?? "",
              urn,
              ...(id !== undefined && { id }),
              outputs,
            },
          ],
    ),
  );
}

type Fields = Readonly<Record<string, unknown>>;

interface Exported {
  readonly type: string;
  readonly urn: string;
  readonly id?: string;
  readonly outputs?: Fields;
}

/** The stack, with its region and the endpoint of its cloud where its outputs do not name them. */
export function describe(
  outputs: Fields,
  resources?: readonly StackResource[],
  { endpoint, region }: { readonly endpoint?: string | undefined; readonly region?: string } = {},
): StackDescription {
  const known = endpoint ?? cloudOf(outputs) ?? localOrigin(outputs);
  return {
    ownOutputs: outputs,
    outputs: {
      ...Object.fromEntries(Object.entries(outputs).filter(([name]) => name !== "endpoint")),
      region: textOf(outputs["region"]) ?? region ?? regionOf(resources ?? [], outputs),
      ...(known !== undefined && { endpoint: known }),
    },
    ...(resources && { resources }),
  };
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** An output `endpoint` that is an address without a path, as this project's program exports it. */
function cloudOf({ endpoint }: Fields): string | undefined {
  const url = URL.parse(textOf(endpoint) ?? "");
  return url && /^https?:$/.test(url.protocol) && url.pathname === "/" && url.port !== ""
    ? textOf(endpoint)
    : undefined;
}

/** That of an ARN of the stack; else what SDKs would take. */
function regionOf(resources: readonly StackResource[], outputs: Fields): string {
  const values = [...resources.map((each) => each.outputs["arn"]), ...Object.values(outputs)];
  const arn = values.find(
    (each) => typeof each === "string" && /^arn:[^:]+:[^:]+:[a-z]+-[^:]+:/.test(each),
  );
  const { AWS_REGION, AWS_DEFAULT_REGION } = process.env;
  return (
    (arn as string | undefined)?.split(":")[3] ?? AWS_REGION ?? AWS_DEFAULT_REGION ?? "us-east-1"
  );
}

/** Of an address on this machine: what an emulator gives out. */
function localOrigin(outputs: Fields): string | undefined {
  for (const value of Object.values(outputs)) {
    const url = typeof value === "string" ? URL.parse(value) : null;
    if (
      url &&
      /^https?:$/.test(url.protocol) &&
      /(^|\.)(localhost|localhost\.localstack\.cloud)$|^127\./.test(url.hostname)
    )
      return `${url.protocol}//127.0.0.1:${url.port || (url.protocol === "https:" ? "443" : "80")}`;
  }
  return undefined;
}
