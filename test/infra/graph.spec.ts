import { readFile } from "node:fs/promises";
import { expect } from "chai";
import { type GraphFile, graphFiles } from "../../scripts/graph/files.ts";

describe("the resource graph", function () {
  this.timeout(30_000);

  let files: { golden: GraphFile; page: GraphFile };

  before(async () => {
    files = await graphFiles();
  });

  for (const name of ["golden", "page"] as const)
    it(`is as the program in the ${name} file; npm run graph -- --update changes it on purpose`, async () => {
      const { url, text } = files[name];
      expect(await readFile(url, "utf8")).to.equal(text);
    });

  it("is the same from run to run", async () => {
    expect(await graphFiles()).to.deep.equal(files);
  });
});
