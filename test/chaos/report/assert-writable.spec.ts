import { expect } from "chai";
import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CannotRunError } from "../../../chaos/cannot-run-error.ts";
import { assertWritable } from "../../../chaos/report/assert-writable.ts";
import { failureOf } from "../../support/failure-of.ts";

describe("assertWritable", () => {
  let directory = "";

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), "writable-"));
  });

  afterEach(() => rm(directory, { recursive: true }));

  it("makes the folder and leaves nothing in it", async () => {
    const reports = join(directory, "a", "b");
    await assertWritable(reports, join(directory, "summary.md"));
    expect(await readdir(reports)).to.deep.equal([]);
  });

  it("says in one sentence what cannot be written", async () => {
    const file = join(directory, "file");
    await writeFile(file, "");
    const cases: [string, string | undefined, RegExp][] = [
      [file, undefined, /^Cannot write the reports to .*file \(E\w+\): .*--reports DIR\. Nothing/],
      [join(file, "below"), undefined, /^Cannot write the reports to .*below \(ENOTDIR\)/],
      ["/proc/none/below", undefined, /^Cannot write the reports to \/proc\/none\/below \(E\w+\)/],
      [directory, join(file, "x.md"), /^Cannot write the summary to .*x\.md \(ENOTDIR\)/],
    ];
    for (const [reports, summary, sentence] of cases) {
      const error = await failureOf(assertWritable(reports, summary));
      expect(error).to.be.instanceOf(CannotRunError);
      expect(error.message).to.match(sentence).and.not.include("\n");
    }
  });
});
