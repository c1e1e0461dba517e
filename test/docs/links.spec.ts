import { access } from "node:fs/promises";
import { dirname, join } from "node:path";
import { expect } from "chai";
import { project, readDocument, readDocuments } from "./support/markdown.ts";

describe("The links and paths in the documents", () => {
  it("lead to files and headings that are there", async () => {
    const broken: string[] = [];
    for (const { path, text } of await readDocuments())
      for (const [, target = ""] of text.matchAll(/\]\((?!https?:)([^)\s]+)\)/g)) {
        const [file = "", heading] = target.split("#");
        const linked = file === "" ? path : join(dirname(path), file);
        if (!(await isThere(linked)) || (heading && !(await headingsOf(linked)).includes(heading)))
          broken.push(`${path}: ${target}`);
      }
    expect(broken).to.deep.equal([]);
  });

  it("name files of the project that are there", async () => {
    const missing: string[] = [];
    for (const { path, text, blocks } of await readDocuments()) {
      const made = new Set(blocks.map(({ comment }) => comment.replace(/^file: /, "")));
      for (const [, file = ""] of text.matchAll(namedFile))
        if (!made.has(file) && !(await isThere(file))) missing.push(`${path}: ${file}`);
    }
    expect(missing).to.deep.equal([]);
  });
});

/** A path from the project's root in code, without placeholders. */
const namedFile =
  /`((?:infra|functions|chaos|local|policy|test|bench|scripts|docs)\/[\w./-]*\w\.\w+)`/g;

async function isThere(path: string): Promise<boolean> {
  return access(join(project, path)).then(
    () => true,
    () => false,
  );
}

/** As GitHub makes them from headings. */
async function headingsOf(path: string): Promise<string[]> {
  const { text } = await readDocument(path);
  return [...text.matchAll(/^#+ (.*)$/gm)].map(([, heading = ""]) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\w\- ]/g, "")
      .replaceAll(" ", "-"),
  );
}
