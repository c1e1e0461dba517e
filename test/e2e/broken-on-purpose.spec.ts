import { expect } from "chai";
import { runDrill } from "../support/run-drill.ts";
import { scratchCopy } from "../support/scratch-copy.ts";

/** Each is a way in which such an application really is written, and one edit of a function. */
const broken = [
  {
    what: "a retry function that puts without a condition",
    file: "functions/shared/put-product.ts",
    before: `ConditionExpression: "attribute_not_exists(version) OR version < :version",`,
    after: `ConditionExpression: ":version = :version",`,
    experiment: "outage",
    shows: "stale",
  },
  {
    what: "an API that acknowledges before it publishes",
    file: "functions/add-product.ts",
    before: "await publishProductEvent(topicArn, { schemaVersion: 1, product, version });",
    after:
      "void publishProductEvent(topicArn, { schemaVersion: 1, product, version }).catch(() => undefined);",
    // Only where SNS fails as well does it matter that nobody waits for it.
    experiment: "total-outage",
    shows: "lost",
  },
  {
    what: "a retry function that swallows errors",
    file: "functions/process-product-events.ts",
    before: "    throw error;\n  }\n}\n\nasync function deadLetter",
    after: "    logger.warn('Swallowed');\n  }\n}\n\nasync function deadLetter",
    experiment: "outage",
    shows: "lost",
  },
] as const;

describe("The drill on an application that is broken on purpose", function () {
  this.timeout(120_000);

  for (const { what, file, before, after, experiment, shows } of broken)
    it(`finds ${what}`, async () => {
      await using copy = await scratchCopy();
      await copy.edit(file, before, after);

      const { exitCode, summary, stderr } = await runDrill(copy.directory, ["--only", experiment]);

      const [result] = summary.experiments;
      expect(exitCode, stderr).to.equal(1);
      expect(result?.[shows], stderr).to.be.greaterThan(0);
      expect(result?.anomalies.join("\n")).to.match(new RegExp(`${shows}`, "i"));
    });
});
