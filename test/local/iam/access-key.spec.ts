import { expect } from "chai";
import fc from "fast-check";
import { accountIdOfKey, createAccessKeyId } from "../../../local/iam/access-key.ts";

describe("access key ids", () => {
  it("say which account they are of", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 999_999_999_999n }), (account) => {
        const accountId = String(account).padStart(12, "0");
        const accessKeyId = createAccessKeyId(accountId);
        expect(accessKeyId).to.match(/^ASIA[A-Z2-7]{16}$/);
        expect(accountIdOfKey(accessKeyId)).to.equal(accountId);
      }),
    );
  });

  it("that AWS issued hold the account they were issued for", () => {
    expect(accountIdOfKey("ASIAQNZGKIQY56JQ7WML")).to.equal("029608264753");
  });

  it("of another form say nothing", () => {
    for (const key of ["test", "AKIAIOSFODNN7EXAMPLE", "ASIA1111111111111111"])
      expect(accountIdOfKey(key), key).to.equal(undefined);
  });
});
