import { expect } from "chai";
import { type Cloud, startCloud } from "../../../local/cloud.ts";
import { memberTables } from "../../../local/members/tables.ts";
import { classesOf } from "./classify.ts";
import { createRoundTrips } from "./round-trips.ts";

/** Not started here: Mocha asks for the names of tests before it starts anything. */
const named = createRoundTrips("http://127.0.0.1:9");

describe("Members that are honoured", () => {
  let cloud: Cloud;
  let started: ReturnType<typeof createRoundTrips>;
  before(async () => {
    cloud = await startCloud();
    started = createRoundTrips(cloud.endpoint);
  });
  after(async () => {
    named.close();
    started.close();
    await cloud.close();
  });

  for (const [service, trips] of Object.entries(named.trips))
    for (const [at, { operation, input, seenElsewhere }] of trips.entries()) {
      it(`come back from ${service}.${operation}`, async () => {
        const read = JSON.stringify(await started.trips[service]?.[at]?.run());
        for (const [path, value] of leavesOf(input))
          expect(read, path).to.include(JSON.stringify(value));
      });

      it(`are all set in the test of ${service}.${operation}`, () => {
        const table = memberTables[service]?.[operation] ?? {};
        const set = leavesOf(input).map(([path]) => path);
        const missing = classesOf(table)
          .honoured.filter((path) => !seenElsewhere.includes(path))
          .filter((path) => !set.some((each) => each === path || each.startsWith(`${path}.`)));
        expect(missing).to.deep.equal([]);
      });
    }
});

/** The values in an input, by the paths that the tables use. */
function leavesOf(value: unknown, path = ""): [path: string, value: unknown][] {
  if (Array.isArray(value)) return value.flatMap((each) => leavesOf(each, path));
  if (typeof value !== "object" || value === null) return [[path, value]];
  return Object.entries(value).flatMap(([name, inner]) =>
    leavesOf(inner, path === "" ? name : `${path}.${name}`),
  );
}
