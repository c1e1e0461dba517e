import { readFile } from "node:fs/promises";
import { expect } from "chai";
import { collectEmulated } from "../../scripts/emulated/collect-emulated.ts";
import { formatEmulated } from "../../scripts/emulated/format-emulated.ts";

describe("docs/emulated.md", () => {
  it("is what the embedded cloud says of itself", async () => {
    const page = await readFile(new URL("../../docs/emulated.md", import.meta.url), "utf8");
    expect(page, "stale: npm run docs:emulated -- --update").to.equal(
      await formatEmulated(await collectEmulated()),
    );
  });
});
