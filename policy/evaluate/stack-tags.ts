import { z } from "zod";
import { readConfig } from "../../local/deploy/read-config.ts";
import { configUrl, type RecordOptions } from "./record-program.ts";

const KEY = "pulumi:tags";
const tagMap = z.record(z.string(), z.coerce.string());

/**
 * @returns the tags that the configuration gives to a stack, under the key that the Pulumi CLI takes
 * them from. Those that `pulumi stack tag set` has given are known to its backend alone.
 * @throws Error, one sentence, if they are not tags.
 */
export async function readStackTags({
  stack,
  config,
  ...program
}: Pick<RecordOptions, "programUrl" | "folder" | "stack" | "config">): Promise<
  Record<string, string>
> {
  const { values } = await readConfig(configUrl(program), stack, config);
  const text = values[KEY];
  if (text === undefined) return {};
  const tags = tagMap.safeParse(parsed(text));
  if (!tags.success)
    throw new Error(
      `The configuration key ${KEY} of stack ${stack} is ${text}, which is not a map: write it as a tag and its value, such as environment: staging.`,
    );
  return tags.data;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
