import { type CronRange, parseCronField } from "./parse-cron-field.ts";
import { parseDays } from "./parse-days.ts";
import type { Schedule } from "./parse-schedule.ts";

const months = "JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC".split(" ");
const minuteRange: CronRange = { min: 0, max: 59 };
const hourRange: CronRange = { min: 0, max: 23 };
const monthRange: CronRange = {
  min: 1,
  max: 12,
  names: Object.fromEntries(months.map((name, at) => [name, at + 1])),
};
const yearRange: CronRange = { min: 1970, max: 2199 };

const dayMs = 86_400_000;

/**
 * The schedule of the six fields minutes, hours, day of the month, month, day of the week and year,
 * in UTC; `undefined` when they are not valid. Source: EventBridge User Guide, "Cron expressions".
 */
export function parseCron(text: string): Schedule | undefined {
  const fields = text.trim().split(/\s+/);
  const [minute = "", hour = "", dayOfMonth = "", month = "", dayOfWeek = "", year = ""] = fields;
  if (fields.length !== 6) return undefined;
  const minutes = parseCronField(minute, minuteRange);
  const hours = parseCronField(hour, hourRange);
  const monthsOf = parseCronField(month, monthRange);
  const years = parseCronField(year, yearRange);
  const isDay = parseDays(dayOfMonth, dayOfWeek);
  if (!minutes || !hours || !monthsOf || !years || !isDay) return undefined;
  const lastYear = Math.max(...years);
  const timesOfDay = [...hours]
    .flatMap((each) => [...minutes].map((at) => (each * 60 + at) * 60_000))
    .sort((a, b) => a - b);

  return (afterMs) => {
    const firstDay = Math.floor(afterMs / dayMs) * dayMs;
    for (let day = firstDay; ; day += dayMs) {
      const date = new Date(day);
      const ofYear = date.getUTCFullYear();
      if (ofYear > lastYear) return undefined;
      if (!years.has(ofYear)) {
        day = Date.UTC(ofYear, 11, 31);
        continue;
      }
      if (!monthsOf.has(date.getUTCMonth() + 1)) {
        day = Date.UTC(ofYear, date.getUTCMonth() + 1, 0);
        continue;
      }
      if (!isDay(date)) continue;
      const found = timesOfDay.find((at) => day + at > afterMs);
      if (found !== undefined) return day + found;
    }
  };
}
