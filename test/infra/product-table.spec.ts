import { expect } from "chai";
import { find } from "./support/find-resource.ts";
import { type ProgramRun, runProgram } from "./support/run-program.ts";

describe("ProductTable", function () {
  this.timeout(10_000);

  let run: ProgramRun;

  before(async () => {
    run = await runProgram();
  });

  it("declares the table", () => {
    expect(find(run, "product-table-table").inputs).to.deep.equal({
      name: "Products",
      attributes: [{ name: "id", type: "S" }],
      hashKey: "id",
      billingMode: "PAY_PER_REQUEST",
      pointInTimeRecovery: { enabled: true },
      serverSideEncryption: { enabled: true },
      deletionProtectionEnabled: false,
    });
  });
});
