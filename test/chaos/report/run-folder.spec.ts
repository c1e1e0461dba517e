import { expect } from "chai";
import { mkdir, readdir, readlink, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { makeRunFolder } from "../../../chaos/report/run-folder.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";

const time = new Date("2026-11-25T13:15:02.345Z");

describe("makeRunFolder", () => {
  it("is named after the time in UTC, and latest leads there by a relative link", async () => {
    await using place = await temporaryFolder();
    const folder = await makeRunFolder(join(place.path, "reports"), time);
    expect(basename(folder)).to.equal("2026-11-25T131502Z");
    expect(await readlink(join(place.path, "reports", "latest"))).to.equal("2026-11-25T131502Z");
  });

  it("gives two runs of the same second a folder each", async () => {
    await using place = await temporaryFolder();
    const folders = await Promise.all([1, 2, 3].map(() => makeRunFolder(place.path, time)));
    expect(new Set(folders).size).to.equal(3);
    expect((await readdir(place.path)).sort()).to.include.members([
      "2026-11-25T131502Z",
      "2026-11-25T131502Z-2",
      "2026-11-25T131502Z-3",
    ]);
  });

  it("leaves a folder called latest alone, and the run goes on", async () => {
    await using place = await temporaryFolder();
    await mkdir(join(place.path, "latest"));
    await writeFile(join(place.path, "latest", "mine"), "");
    expect(basename(await makeRunFolder(place.path, time))).to.equal("2026-11-25T131502Z");
    expect(await readdir(join(place.path, "latest"))).to.deep.equal(["mine"]);
  });

  it("gives a path that cannot be made, for the check of what is writable to name", async () => {
    await using place = await temporaryFolder();
    await writeFile(join(place.path, "file"), "");
    const folder = await makeRunFolder(join(place.path, "file"), time);
    expect(folder).to.equal(join(place.path, "file", "2026-11-25T131502Z"));
  });
});
