import { expect } from "chai";
import type { Phase } from "../../../chaos/harness/history.ts";
import { KeyPlan } from "../../../chaos/harness/key-plan.ts";
import type { Turn } from "../../../chaos/harness/key-plan.ts";
import { productValue } from "../../../chaos/product/product.ts";
import type { Product } from "../../../chaos/product/product.ts";
import { Random } from "../../../chaos/harness/random.ts";
import type { PlannedWrite } from "../../../chaos/harness/recorder.ts";
import type { Workload } from "../../../chaos/workload-contract.ts";
import workload from "../../../chaos/workload.ts";

const counts = { hot: 3, handover: 3, faultOnly: 3 };

function turns(phase: Phase, count: number, seed = "seed"): Turn[] {
  const plan = new KeyPlan({
    prefix: "run-",
    counts,
    random: new Random(seed),
    workload: workload as Workload,
  });
  return Array.from({ length: count }, () => plan.next(phase));
}

const product = ({ write }: PlannedWrite) => write as Product;
const products = (all: readonly Turn[]) => all.flat(2).map(product);
const valuesOf = (turn: Turn) => turn.flat().map((write) => productValue(product(write)));

describe("KeyPlan", () => {
  it("is the same for the same seed, and another one for another", () => {
    const json = (seed: string) => JSON.stringify(turns("during", 200, seed));
    expect(json("a")).to.equal(json("a"));
    expect(json("a")).not.to.equal(json("b"));
  });

  it("repeats a payload of a short-lived key only on purpose: as the last write of a chain", () => {
    for (const turn of turns("during", 2_000)) {
      const values = valuesOf(turn);
      if (new Set(values).size < values.length) expect(values.at(-1)).to.equal(values[0]);
    }
    const isAgain = (turn: Turn) => turn.flat().some(({ key }) => /fault-only|hot/.test(key));
    const others = turns("during", 2_000).filter((turn) => !isAgain(turn));
    const all = others.map((turn) => [...new Set(valuesOf(turn))]);
    expect(new Set(all.flat()).size).to.equal(all.flat().length);
  });

  it("sends what a key was given first again, later in the fault, and nothing else twice", () => {
    const writes = turns("during", 2_000)
      .flat(2)
      .filter(({ key }) => key.includes("fault-only"));
    const again = [...Map.groupBy(writes, ({ key }) => key).values()].map((ofKey) =>
      ofKey.filter((write, at) => ofKey.indexOf(write) < at),
    );
    expect(again.flat().length).to.be.above(10);
    for (const ofKey of again) expect(new Set(ofKey).size).to.be.at.most(1);
  });

  it("sends a hot key what it had before its last write again, each value at most twice", () => {
    const writes = turns("after", 2_000)
      .flat(2)
      .filter(({ key }) => key.includes("hot"));
    let again = 0;
    for (const [, ofKey] of Map.groupBy(writes, ({ key }) => key))
      ofKey.forEach((write, at) => {
        const first = ofKey.indexOf(write);
        if (first === at) return;
        again += 1;
        expect(at - first).to.equal(2);
        expect(ofKey.lastIndexOf(write)).to.equal(at);
      });
    expect(again).to.be.above(100);
  });

  it("has chains that repeat, and writes of one key at the same time", () => {
    const all = turns("during", 500);
    expect(all.some((turn) => turn.length > 2 && turn[0] === turn.at(-1))).to.be.true;
    const isPair = ([first]: Turn) =>
      first?.length === 2 && new Set(products([[first]]).map(({ id }) => id)).size === 1;
    expect(all.some(isPair)).to.be.true;
  });

  it("writes fault-only keys during the fault alone, and handover keys before its end", () => {
    const kinds = (phase: Phase) =>
      new Set(products(turns(phase, 500)).map(({ id }) => /^run-([a-z-]+)-/.exec(id)?.[1]));
    expect([...kinds("before")].sort()).to.deep.equal(["chain", "handover", "hot", "once"]);
    expect([...kinds("during")].sort()).to.deep.equal(
      ["chain", "fault-only", "handover", "hot", "once"].sort(),
    );
    expect([...kinds("after")].sort()).to.deep.equal(["chain", "hot", "once"]);
  });

  it("spends at least half of the writes of a fault on keys that end with them", () => {
    const all = turns("during", 1_000);
    const ending = all.filter(([first]) => /-(once|chain)-/.test(first?.[0]?.key ?? ""));
    expect(ending.length).to.be.greaterThan(products(all).length / 2);
  });

  it("has everything in its payloads that is treated apart somewhere", () => {
    const all = products(turns("during", 4_000));
    const json = all.map((product) => JSON.stringify(product));
    const texts = all.flatMap(({ name, description }) => [name, description]);
    expect(all.some(({ name }) => name === undefined)).to.be.true;
    expect(all.some(({ description }) => description === null)).to.be.true;
    expect(texts).to.include("");
    expect(texts.some((text) => /[\u{10000}-\u{10ffff}]/u.test(text ?? ""))).to.be.true;
    expect(texts.some((text) => (text ?? "").includes("e\u0301"))).to.be.true;
    expect(texts.some((text) => (text ?? "").length > 100_000)).to.be.true;
    expect(json.some((text) => /"price":-0[,}]/.test(text))).to.be.true;
    expect(json.some((text) => /"price":"?-?\d{38}\b/.test(text))).to.be.true;
    expect(json.some((text) => /"price":"\d\.\d+[eE]-1[0-3]\d"/.test(text))).to.be.true;
  });

  it("has keys that URLs treat apart, and long ones, within DynamoDB's 2,048 bytes", () => {
    const ids = products(turns("during", 4_000)).map(({ id }) => id);
    for (const part of ["/", "%", "+", " ", "?", "#", "é", "🎁"])
      expect(
        ids.some((id) => id.includes(part)),
        part,
      ).to.be.true;
    const sizes = ids.map((id) => Buffer.byteLength(id));
    expect(Math.max(...sizes)).to.be.within(1_500, 2_048);
  });
});
