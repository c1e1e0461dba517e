import type { OperationMembers } from "../../../local/members/member-table.ts";
import { parseMembers, pathsOf } from "../../../local/members/parse-members.ts";

export type Class = "honoured" | "refused" | "ignored";

const read = (text: string | undefined): string[] => pathsOf(parseMembers(text ?? ""));

/** The paths of each class that a table has for an operation. */
export function classesOf(table: OperationMembers): Readonly<Record<Class, string[]>> {
  return {
    honoured: read(table.honours),
    refused: read(table.refuses),
    ignored: Object.values(table.ignores ?? {}).flatMap(read),
  };
}

/**
 * What becomes of a member: its own class, else that of what it stands in, else that of what stands
 * in it. `undefined` when the table does not have it.
 */
export function classOf(path: string, table: OperationMembers): Class | undefined {
  const entries = Object.entries(classesOf(table)) as [Class, string[]][];
  const holds = (paths: readonly string[]): boolean =>
    paths.some((each) => each === path || (isWithin(path, each) && isWhole(each, entries)));
  return (
    entries.find(([name, paths]) => name !== "honoured" && holds(paths))?.[0] ??
    entries.find(([, paths]) => paths.includes(path))?.[0] ??
    entries.find(([, paths]) => paths.some((each) => isWithin(each, path)))?.[0]
  );
}

function isWithin(path: string, outer: string): boolean {
  return path.startsWith(`${outer}.`) || path.startsWith(`${outer}{}`);
}

function isWhole(path: string, entries: readonly [Class, string[]][]): boolean {
  return !entries.some(([, paths]) => paths.some((each) => isWithin(each, path)));
}
