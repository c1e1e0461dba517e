import { expect } from "chai";
import fc from "fast-check";
import { createDice } from "../../../local/faults/dice.ts";
import { startDrillActions, type StartedCloud } from "./start-drill-actions.ts";

const take = (count: number, dice: () => number): number[] => Array.from({ length: count }, dice);

describe("Dice of faults", () => {
  it("fall the same for the same seed and stay from 0 up to 1", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (seed) => {
        const rolled = take(50, createDice(seed));
        expect(rolled).to.deep.equal(take(50, createDice(seed)));
        expect(rolled.every((roll) => roll >= 0 && roll < 1)).to.equal(true);
      }),
    );
  });

  it("fall another way for another seed, and without one each time", () => {
    const first = [createDice("a"), createDice("b"), createDice(""), createDice(), createDice()];
    expect(new Set(first.map((dice) => String(take(4, dice)))).size).to.equal(first.length);
  });

  it("are fair", () => {
    const counts = new Array<number>(10).fill(0);
    for (const roll of take(100_000, createDice("fair"))) {
      const bin = Math.floor(roll * 10);
      counts[bin] = (counts[bin] ?? 0) + 1;
    }
    for (const count of counts) expect(count).to.be.within(9_600, 10_400);
  });

  describe("in a cloud", () => {
    const clouds: StartedCloud[] = [];
    afterEach(() => Promise.all(clouds.splice(0).map((cloud) => cloud.close())));

    async function start(seed?: string): Promise<StartedCloud> {
      const cloud = await startDrillActions(seed === undefined ? {} : { seed });
      clouds.push(cloud);
      return cloud;
    }

    /** What 40 writes of each service meet, with a fault that hits some of them. */
    async function decisions(cloud: StartedCloud, parameters: Record<string, string>) {
      const id = await cloud.inject("outage-drill:api:error", {
        service: "all",
        failure: "throttling",
        percentage: "40",
        ...parameters,
      });
      const met: string[] = [];
      for (const { write } of cloud.services.filter(({ name }) => name !== "sqs"))
        for (let call = 0; call < 40; call++)
          met.push(
            await write("key", 1).then(
              () => "ok",
              (error: unknown) => String(error),
            ),
          );
      await cloud.stop(id);
      return met;
    }

    it("repeat with the seed of an action, in one cloud and in another", async () => {
      const cloud = await start();
      const first = await decisions(cloud, { seed: "one" });
      expect(await decisions(cloud, { seed: "one" })).to.deep.equal(first);
      expect(await decisions(await start(), { seed: "one" })).to.deep.equal(first);
      expect(await decisions(cloud, { seed: "two" })).not.to.deep.equal(first);
      const hits = first.filter((each) => each !== "ok").length;
      expect(hits / first.length).to.be.within(0.25, 0.55);
    });

    it("repeat with the seed of the cloud, and otherwise not", async () => {
      const first = await decisions(await start("cloud"), {});
      expect(await decisions(await start("cloud"), {})).to.deep.equal(first);
      expect(await decisions(await start(), {})).not.to.deep.equal(first);
    });
  });
});
