import { expect } from "chai";
import type * as bundles from "../../infra/function-bundles.ts";

type Bundles = typeof bundles;

describe("bundleFunction", function () {
  this.timeout(10_000);

  for (const name of ["add-product", "get-product", "process-product-events"] as const)
    it(`gives the same bytes for ${name} in every run of the program, without a path of this machine`, async () => {
      const [first, second] = await Promise.all([load("first"), load("second")]);
      const code = await first.bundleFunction(name);
      expect(await second.bundleFunction(name)).to.equal(code);
      expect(code).to.not.contain(process.cwd());
      expect(code.length).to.be.below(350_000);
    });

  async function load(run: string): Promise<Bundles> {
    const module = `../../infra/function-bundles.ts?run=${run}`;
    return (await import(module)) as Bundles;
  }
});
