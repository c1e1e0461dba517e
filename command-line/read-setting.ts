import { UsageError } from "./usage-error.ts";

/**
 * A key of a program's configuration and its value, from `--config KEY=VALUE`.
 *
 * @throws UsageError
 */
export function readSetting(text: string): [string, string] {
  const at = text.indexOf("=");
  if (at < 1)
    throw new UsageError(
      `--config ${text} sets nothing: give a key and a value, such as aws:region=eu-west-1.`,
    );
  return [text.slice(0, at), text.slice(at + 1)];
}
