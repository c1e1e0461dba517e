import { expect } from "chai";
import { fileURLToPath } from "node:url";
import { runDrill } from "../support/run-drill.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const project = fileURLToPath(new URL("../..", import.meta.url));

/** Drills examples/orders with these options. */
async function drill(...options: readonly string[]) {
  await using reports = await temporaryFolder();
  return runDrill(project, [
    ...["--program", "examples/orders", "--reports", reports.path],
    ...options,
  ]);
}

describe("examples/orders", function () {
  this.timeout(400_000);

  const faults = [
    "outage",
    "partial-outage",
    "throttling",
    "denied",
    "slow",
    "unparsable",
    "lost-answer",
  ];

  it("is not blamed, whichever of its services fails in whichever way", async () => {
    const { summary } = await drill();
    const blamed = summary.experiments.filter(({ outcome }) => outcome === "not-held");
    expect(blamed).to.deep.equal([]);
    expect(summary.experiments.map(({ experiment }) => experiment)).to.have.members(
      ["dynamodb", "sqs"].flatMap((service) => faults.map((fault) => `${service}-${fault}`)),
    );
  });

  const broken: readonly (readonly [why: string, config: string, only: string, found: RegExp])[] = [
    [
      "an order without its lines, where they are written item by item",
      "transaction=false",
      "dynamodb-lost-answer",
      /^torn: .* in orders has .* in first line has it not/m,
    ],
    [
      "an older version of an order, where a standard queue carries them",
      "fifo=false",
      "dynamodb-partial-outage",
      /^stale: In shipments: /m,
    ],
    [
      "what never reached fulfilment, where a function logs its errors and goes on",
      "retry=false",
      "sqs-outage",
      /^lost: In shipments: /m,
    ],
    [
      "what never reached the projection, likewise",
      "retry=false",
      "dynamodb-partial-outage",
      /^(lost|stale): In customers: /m,
    ],
  ];
  for (const [why, config, only, found] of broken)
    it(`shows ${why}`, async () => {
      const { exitCode, summary } = await drill("--config", config, "--only", only);
      expect(summary.experiments[0]?.outcome).to.equal("not-held");
      expect(summary.experiments[0]?.anomalies.join("\n")).to.match(found);
      expect(exitCode).to.equal(1);
    });
});
