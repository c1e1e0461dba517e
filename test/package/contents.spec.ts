import { existsSync } from "node:fs";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect } from "chai";
import ts from "typescript";
import { neededNode } from "../../command-line/needed-node.js";
import { namedFiles } from "../../scripts/pack/module-urls.ts";
import { packageOf } from "../../scripts/pack/package-of.ts";
import { writePackage } from "../../scripts/pack/write-package.ts";

interface Manifest {
  readonly bin: Readonly<Record<string, string>>;
  readonly engines: { readonly node: string };
  readonly exports: Readonly<Record<string, string | Readonly<Record<string, string>>>>;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies?: object;
  readonly peerDependencies: Readonly<Record<string, string>>;
  readonly scripts?: object;
}

describe("the package", function () {
  this.timeout(120_000);

  let folder = "";
  let files: readonly string[] = [];
  let manifest: Manifest;

  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "package-"));
    await writePackage(folder);
    const entries = await readdir(folder, { recursive: true, withFileTypes: true });
    files = entries
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => path.relative(folder, path.join(parentPath, name)));
    manifest = JSON.parse(await readFile(path.join(folder, "package.json"), "utf8")) as Manifest;
  });

  after(() => rm(folder, { recursive: true }));

  async function modules(): Promise<readonly ts.SourceFile[]> {
    return Promise.all(
      files
        .filter((file) => /\.(js|d\.ts)$/.test(file))
        .map(async (file) =>
          ts.createSourceFile(
            file,
            await readFile(path.join(folder, file), "utf8"),
            ts.ScriptTarget.Latest,
            true,
          ),
        ),
    );
  }

  it("holds no tests, no measurements, no scripts, no sources, and none of this application", () => {
    const strays = files.filter(
      (file) =>
        /^(test|bench|scripts|docs|functions|index\.)/.test(file) ||
        (file.endsWith(".ts") && !file.endsWith(".d.ts")),
    );
    expect(strays).to.deep.equal([]);
    expect(files).to.include.members(["README.md", "LICENSE", "policy/PulumiPolicy.yaml"]);
  });

  it("has every file that its modules import or name", async () => {
    for (const module of await modules()) {
      const imported = ts
        .preProcessFile(module.text, true, true)
        .importedFiles.map(({ fileName }) => fileName)
        .filter((name) => name.startsWith("."));
      for (const name of [...imported, ...namedFiles(module)]) {
        const file = path.resolve(folder, path.dirname(module.fileName), name);
        const found = [file, file.replace(/\.[jt]s$/, ".d.ts")].some((each) => existsSync(each));
        expect(found, `${name} in ${module.fileName}`).to.equal(true);
        if (!module.isDeclarationFile) expect(name).to.not.match(/\.ts$/);
      }
    }
  });

  it("depends on what it imports and on nothing else, in the versions of this repository", async () => {
    const project = JSON.parse(await readFile("package.json", "utf8")) as Manifest;
    const names = new Set<string>();
    for (const { text } of await modules())
      for (const { fileName } of ts.preProcessFile(text, true, true).importedFiles)
        if (!/^\.|^node:/.test(fileName)) names.add(packageOf(fileName));
    const peers = Object.keys(manifest.peerDependencies);
    expect(Object.keys(manifest.dependencies).sort()).to.deep.equal(
      [...names]
        .filter((name) => !peers.includes(name))
        .map((name) => (name in project.dependencies ? name : `@types/${name}`))
        .sort(),
    );
    expect(project.dependencies).to.include(manifest.dependencies);
    expect(Object.keys(manifest.dependencies)).to.not.include.members(["typescript", "node"]);
  });

  it("is a command, and types for workloads", () => {
    expect(files).to.include(manifest.bin["outage-drill"]);
    expect(manifest.engines.node).to.equal(`>=${neededNode}`);
    for (const entry of Object.values(manifest.exports))
      for (const file of typeof entry === "string" ? [entry] : Object.values(entry))
        expect(files).to.include(file.replace(/^\.\//, ""));
    expect(manifest).to.not.have.any.keys("devDependencies", "scripts", "private");
  });
});
