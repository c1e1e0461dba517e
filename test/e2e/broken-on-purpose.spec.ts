import { expect } from "chai";
import { mutants } from "../mutants/index.ts";
import { tryMutant } from "../mutants/try-mutant.ts";

/** One for each promise of the application; `npm run mutants` tries all of them. */
const names = ["unconditional-put", "publish-not-awaited", "swallowed-errors"];

describe("The drill on an application that is broken on purpose", function () {
  this.timeout(180_000);

  for (const mutant of mutants.filter(({ name }) => names.includes(name)))
    it(`finds ${mutant.name}: ${mutant.what}`, async () => {
      const { isAsExpected, found, output } = await tryMutant(mutant);
      expect(isAsExpected, `${found.join("\n")}\n${output}`).to.be.true;
    });
});
