import { expect } from "chai";
import { type Rehearsal, startRehearsal } from "./start-rehearsal.ts";

describe("faults of functions on AWS, rehearsed", function () {
  this.timeout(30_000);

  let rehearsal: Rehearsal;

  before(async () => {
    rehearsal = await startRehearsal({
      lambdaFaults: "true",
      fisExtensionLayerArn:
        "arn:aws:lambda:us-east-1:211125607513:layer:aws-fis-extension-x86_64:9",
    });
  });

  after(() => rehearsal[Symbol.asyncDispose]());

  const firedBy = (id: string) =>
    rehearsal.log.filter(
      (entry) => entry["event"] === "fault-fired" && entry["experimentId"] === id,
    );

  it("answers for the functions without running them", async () => {
    const id = await rehearsal.start("function-response");
    expect(await rehearsal.post("answered")).to.equal("503 ");
    await rehearsal.stop(id);
    expect(await rehearsal.get("answered")).to.equal(404);
  });

  it("fails invocations whose functions have run", async () => {
    const id = await rehearsal.start("function-error");
    expect(await rehearsal.post("unanswered")).to.match(/^502 .*Internal server error/);
    await rehearsal.stop(id);
    expect(await rehearsal.get("unanswered")).to.equal(200);
    expect(firedBy(id)).to.have.length(1);
  });

  it("begins functions late", async () => {
    const id = await rehearsal.start("slow-functions");
    expect(await rehearsal.post("late")).to.match(/^200 /);
    await rehearsal.stop(id);
    expect(firedBy(id).map(({ effect }) => effect)).to.deep.equal([
      { kind: "delay", startupDelayMs: 4000 },
    ]);
    expect(await rehearsal.get("late")).to.equal(200);
  });
});
