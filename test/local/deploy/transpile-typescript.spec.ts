import { fileURLToPath } from "node:url";
import { expect } from "chai";
import { createTranspile } from "../../../local/deploy/transpile-typescript.ts";

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));

describe("createTranspile", () => {
  // Its tsconfig.json asks for the interoperation of modules, as Pulumi's templates do.
  const entry = path("programs/ordinary/closures/src/index.ts");
  const transpile = createTranspile(entry, path("../../../node_modules/@pulumi/pulumi"));
  const lines = (source: string) =>
    transpile(source, "program.ts", "commonjs")
      .split("\n")
      .filter((line) => line.startsWith("const "));

  it("leaves an imported namespace the module itself, which functions capture", () => {
    expect(lines(`import * as crypto from "crypto"; crypto.createHash("md5");`)).to.deep.equal([
      'const crypto = require("crypto");',
    ]);
  });

  it("gives a default import what it means", () => {
    expect(
      lines(`import fs, { readFileSync } from "fs"; fs.statSync(readFileSync("a"));`),
    ).to.deep.equal(['const fs_1 = __importStar(require("fs"));']);
  });

  it("keeps async functions, also where tsconfig.json has an older target", () => {
    const text = transpile("export const f = async () => 1;", "program.ts", "commonjs");
    expect(text).to.contain("async () => 1").and.not.to.contain("__awaiter");
  });

  it("gives ES modules as ES modules, without imports of types", () => {
    const text = transpile(
      `import { A } from "./a.js"; import { b } from "./b.js"; export const c: A = b;`,
      "program.ts",
      "module",
    );
    expect(text).to.contain('import { b } from "./b.js"').and.not.to.contain("./a.js");
  });
});
