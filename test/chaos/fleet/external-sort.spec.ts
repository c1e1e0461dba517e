import { expect } from "chai";
import fc from "fast-check";
import { readdir } from "node:fs/promises";
import { ExternalSort } from "../../../chaos/fleet/external-sort.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";

describe("ExternalSort", () => {
  /** Sorts with chunks, and merges, so small that everything goes through files several times. */
  async function sort(texts: readonly string[], times = 1): Promise<string[][]> {
    await using folder = await temporaryFolder();
    await using sorter = await ExternalSort.create({
      folder: folder.path,
      chunkCharacters: 20,
      fanIn: 2,
    });
    for (const text of texts) sorter.add(text);
    return Array.from({ length: times }, () => [...sorter.sorted()]);
  }

  it("gives what an array would, whatever the texts, and as often as it is asked", async () => {
    const text = fc
      .string({ unit: "grapheme", maxLength: 12 })
      .map((each) => each.replaceAll("\n", ""));
    await fc.assert(
      fc.asyncProperty(fc.array(text, { maxLength: 60 }), async (texts) => {
        const expected = [...texts].sort();
        expect(await sort(texts, 2)).to.deep.equal([expected, expected]);
      }),
      { numRuns: 60 },
    );
  });

  it("merges more runs than it may open at a time, and blocks longer than it reads", async () => {
    const texts = Array.from(
      { length: 300 },
      (_, at) => `${String((at * 7919) % 300)}${"x".repeat(2_000)}`,
    );
    expect(await sort(texts)).to.deep.equal([[...texts].sort()]);
  });

  it("leaves nothing on the disk", async () => {
    await using folder = await temporaryFolder();
    const sorter = await ExternalSort.create({ folder: folder.path, chunkCharacters: 1 });
    sorter.add("b");
    sorter.add("a");
    expect([...sorter.sorted()]).to.deep.equal(["a", "b"]);
    await sorter[Symbol.asyncDispose]();
    expect(await readdir(folder.path)).to.deep.equal([]);
  });
});
