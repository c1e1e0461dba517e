import { glob, readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";

/** The root of the project, with a slash at its end. */
export const project = fileURLToPath(new URL("../../../", import.meta.url));

/** A fenced block of a document. */
export interface Block {
  /** Such as `console`. */
  readonly language: string;
  readonly text: string;
  /** Of its first fence, from 1. */
  readonly line: number;
  /** The HTML comment right above it, which readers do not see; empty without one. */
  readonly comment: string;
}

export interface Document {
  /** From the root of the project. */
  readonly path: string;
  readonly text: string;
  readonly blocks: readonly Block[];
}

/** Every document of the project that is kept in it. */
export async function readDocuments(): Promise<Document[]> {
  const pattern =
    "{*.md,command/*.md,docs/*.md,local/*.md,chaos/**/*.md,policy/**/*.md,bench/**/*.md}";
  const paths: string[] = [];
  for await (const path of glob(pattern, { cwd: project }))
    if (!path.includes("node_modules")) paths.push(path);
  return Promise.all(paths.sort().map(readDocument));
}

export async function readDocument(path: string): Promise<Document> {
  const text = await readFile(`${project}${path}`, "utf8");
  return { path, text, blocks: findBlocks(text) };
}

function findBlocks(text: string): Block[] {
  const blocks: Block[] = [];
  let comment = "";
  let open: { language: string; line: number; lines: string[] } | undefined;
  for (const [index, line] of text.split("\n").entries()) {
    const fence = /^```(\w*)/.exec(line);
    if (open) {
      if (!fence) open.lines.push(line);
      else {
        blocks.push({ ...open, text: open.lines.join("\n"), comment });
        open = undefined;
        comment = "";
      }
    } else if (fence) open = { language: fence[1] ?? "", line: index + 1, lines: [] };
    else if (line.trim() !== "") comment = /^<!-- (.*) -->$/.exec(line.trim())?.[1] ?? "";
  }
  return blocks;
}
