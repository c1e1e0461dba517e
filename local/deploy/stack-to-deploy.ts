import { stacksOf } from "./read-config.ts";

/**
 * The stack of a program that is meant where none is named: `local` where it has a file or where there
 * is no choice, or the only stack that has one.
 *
 * @param folder of Pulumi.yaml, a `file:` URL that ends with a slash
 */
export function stackToDeploy(folder: URL): string {
  const [first, ...others] = stacksOf(folder);
  return first === undefined || others.length > 0 ? "local" : first;
}
