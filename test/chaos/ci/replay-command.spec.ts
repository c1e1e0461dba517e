import { expect } from "chai";
import { replayCommand } from "../../../chaos/ci/replay-command.ts";

const replay = (...args: string[]) =>
  replayCommand(args, { experiment: "outage", seed: "7caf64be" });

describe("replayCommand", () => {
  it("keeps what says where and how the drill ran, and drops the rest", () => {
    expect(
      replay("--all", "--json", "--summary", "a.md", "--reports=x", "--repeat", "20"),
    ).to.equal("npm run chaos -- --only outage --seed 7caf64be");
    expect(
      replay("--only", "latency", "--program", "app", "--config=a:b=c", "--allow-aws"),
    ).to.equal(
      "npm run chaos -- --program app --config=a:b=c --allow-aws --only outage --seed 7caf64be",
    );
  });

  it("is one word an argument to a shell", () => {
    expect(
      replay("--config", "name=a b", "--workload", "it's.ts", "--objective", "recovery<10s"),
    ).to.equal(
      String.raw`npm run chaos -- --config 'name=a b' --workload 'it'\''s.ts' --objective 'recovery<10s' --only outage --seed 7caf64be`,
    );
  });
});
