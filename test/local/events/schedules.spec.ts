import { expect } from "chai";
import { parseSchedule } from "../../../local/services/events/schedule/parse-schedule.ts";

const start = Date.parse("2026-01-30T10:17:30Z");

/** The next times after `start`. */
function next(expression: string, count = 3): string[] {
  const schedule = parseSchedule(expression, start);
  const times: string[] = [];
  for (let at: number | undefined = start; times.length < count;) {
    at = schedule(at);
    if (at === undefined) break;
    times.push(new Date(at).toISOString().slice(0, 16));
  }
  return times;
}

const cases: [expression: string, times: string[]][] = [
  ["rate(1 minute)", ["2026-01-30T10:18", "2026-01-30T10:19", "2026-01-30T10:20"]],
  ["rate(2 hours)", ["2026-01-30T12:17", "2026-01-30T14:17"]],
  ["rate(7 days)", ["2026-02-06T10:17"]],
  ["cron(0 10 * * ? *)", ["2026-01-31T10:00", "2026-02-01T10:00"]],
  ["cron(15 12 * * ? *)", ["2026-01-30T12:15"]],
  ["cron(0/20 10 * * ? *)", ["2026-01-30T10:20", "2026-01-30T10:40", "2026-01-31T10:00"]],
  ["cron(0 18 ? * MON-FRI *)", ["2026-01-30T18:00", "2026-02-02T18:00"]],
  ["cron(0 23 ? * FRI *)", ["2026-01-30T23:00", "2026-02-06T23:00"]],
  ["cron(0 8 1 * ? *)", ["2026-02-01T08:00", "2026-03-01T08:00"]],
  ["cron(0 0 L * ? *)", ["2026-01-31T00:00", "2026-02-28T00:00"]],
  ["cron(0 0 LW * ? *)", ["2026-02-27T00:00"]],
  ["cron(0 0 1W * ? *)", ["2026-02-02T00:00", "2026-03-02T00:00"]],
  ["cron(0 0 ? * 2#1 *)", ["2026-02-02T00:00", "2026-03-02T00:00"]],
  ["cron(0 0 ? * 6L *)", ["2026-02-27T00:00"]],
  ["cron(0 0 29 2 ? *)", ["2028-02-29T00:00", "2032-02-29T00:00"]],
  ["cron(0 0 1 jan,MAR ? 2027-2028)", ["2027-01-01T00:00", "2027-03-01T00:00", "2028-01-01T00:00"]],
  ["cron(0 0 ? * SAT-MON *)", ["2026-01-31T00:00", "2026-02-01T00:00", "2026-02-02T00:00"]],
];

describe("EventBridge schedules", () => {
  for (const [expression, times] of cases)
    it(`${expression} fires when it should`, () => {
      expect(next(expression, times.length)).to.deep.equal(times);
    });

  it("end with their years", () => {
    expect(next("cron(0 0 1 1 ? 2026)")).to.deep.equal([]);
    expect(next("cron(0 0 30 2 ? *)")).to.deep.equal([]);
  });

  for (const expression of [
    ...["rate(1 minutes)", "rate(5 minute)", "rate(0 minutes)", "rate(5 seconds)", "every day", ""],
    ...["cron(0 10 * * * *)", "cron(0 10 ? * ? *)", "cron(60 10 * * ? *)", "cron(0 10 * * ?)"],
    ...[
      "cron(0 10 32 * ? *)",
      "cron(0 10 ? * XYZ *)",
      "cron(0/0 10 * * ? *)",
      "cron(0 0 ? * 2#6 *)",
    ],
  ])
    it(`${expression || "nothing"} is refused`, () => {
      expect(() => parseSchedule(expression, start)).to.throw("ScheduleExpression is not valid");
    });
});
