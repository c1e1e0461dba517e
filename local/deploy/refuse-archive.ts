import { statSync } from "node:fs";
import { join, resolve } from "node:path";
import { Archive, Asset, UNKNOWN_VALUE } from "./from-wire.ts";
import type { Refusal } from "./refused-error.ts";

/**
 * What of an archive the in-process engine does not pack: what would have to be fetched, what is not
 * there, archives in other forms than `.zip`.
 *
 * @param input name of the input that it is given as
 */
export function refuseArchive(input: string, given: unknown, at = ""): readonly Refusal[] {
  if (given === undefined || given === UNKNOWN_VALUE) return [];
  const part = at === "" ? `the input "${input}"` : `the asset "${at}" of the input "${input}"`;
  const refuse = (why: string): readonly Refusal[] => [{ part, reason: `${part} ${why}` }];
  if (!(given instanceof Archive) && (!(given instanceof Asset) || at === ""))
    return refuse("is no archive: give a FileArchive or an AssetArchive.");
  if (given.uri !== undefined)
    return refuse(
      `is fetched from ${given.uri}, and the in-process engine fetches nothing: download it, and ` +
        "give the file.",
    );
  if (given instanceof Archive && given.assets !== undefined)
    return Object.entries(given.assets).flatMap(([name, each]) =>
      refuseArchive(input, each, join(at, name)),
    );
  if (given.path === undefined) return [];
  const found = statSync(given.path, { throwIfNoEntry: false });
  if (found === undefined)
    return refuse(`is ${resolve(given.path)}, which does not exist: build it first.`);
  if (given instanceof Asset)
    return found.isFile() ? [] : refuse(`is the folder ${given.path}: give it as a FileArchive.`);
  if (found.isFile() && !/\.(zip|jar)$/i.test(given.path))
    return refuse(`is ${given.path}, which is no .zip: give a .zip or the folder.`);
  return [];
}
