import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { ScratchCopy } from "../../support/scratch-copy.ts";
import { readDocument } from "./markdown.ts";

/**
 * Does in a scratch copy what a page says: writes the blocks below `<!-- file: PATH -->`, and makes the
 * changes of the diff blocks below `<!-- edit: PATH -->`.
 *
 * @returns the paths of the written TypeScript files
 */
export async function followPage(path: string, copy: ScratchCopy): Promise<string[]> {
  const written: string[] = [];
  for (const { comment, text, line } of (await readDocument(path)).blocks) {
    const [, kind, target = ""] = /^(file|edit): (\S+)$/.exec(comment) ?? [];
    if (kind === "file") {
      await mkdir(dirname(join(copy.directory, target)), { recursive: true });
      await writeFile(join(copy.directory, target), `${text}\n`);
      written.push(target);
    } else if (kind === "edit")
      await copy.edit(target, side(text, "-"), side(text, "+")).catch((error: unknown) => {
        throw new Error(`${path}:${String(line)}: ${String(error)}`);
      });
  }
  return written.filter((each) => each.endsWith(".ts"));
}

/** The lines that stand before (`-`) or after (`+`) the change. */
function side(diff: string, sign: "-" | "+"): string {
  return diff
    .split("\n")
    .filter((line) => line.startsWith(" ") || line.startsWith(sign))
    .map((line) => line.slice(1))
    .join("\n");
}
