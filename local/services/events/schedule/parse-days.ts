import { type CronRange, parseCronField, valueOf } from "./parse-cron-field.ts";

/** Whether a day, at midnight UTC, is one of a schedule. */
export type DayTest = (day: Date) => boolean;

const weekdays = "SUN MON TUE WED THU FRI SAT".split(" ");
const dayOfMonthRange: CronRange = { min: 1, max: 31 };
const dayOfWeekRange: CronRange = {
  min: 1,
  max: 7,
  names: Object.fromEntries(weekdays.map((name, at) => [name, at + 1])),
};

/**
 * The days of the third and fifth field, of which one must be `?`; `undefined` when they are not valid.
 * `L` is the last day or weekday of the month, `15W` the weekday nearest to the 15th, `FRI#2` the second
 * Friday. Source: EventBridge User Guide, "Cron expressions".
 */
export function parseDays(dayOfMonth: string, dayOfWeek: string): DayTest | undefined {
  if ((dayOfMonth === "?") === (dayOfWeek === "?")) return undefined;
  return dayOfWeek === "?" ? parseDayOfMonth(dayOfMonth) : parseDayOfWeek(dayOfWeek);
}

function parseDayOfMonth(text: string): DayTest | undefined {
  if (text === "L") return (day) => day.getUTCDate() === lastDateOf(day);
  if (text === "LW") return (day) => day.getUTCDate() === nearestWeekday(day, lastDateOf(day));
  const nearest = /^(\d{1,2})W$/.exec(text);
  if (nearest) {
    const wanted = valueOf(nearest[1] ?? "", dayOfMonthRange);
    if (wanted === undefined) return undefined;
    return (day) => wanted <= lastDateOf(day) && day.getUTCDate() === nearestWeekday(day, wanted);
  }
  const dates = parseCronField(text, dayOfMonthRange);
  return dates && ((day) => dates.has(day.getUTCDate()));
}

function parseDayOfWeek(text: string): DayTest | undefined {
  if (text === "L") return (day) => day.getUTCDay() === 6;
  const last = /^(\w+)L$/.exec(text);
  if (last) {
    const wanted = valueOf(last[1] ?? "", dayOfWeekRange);
    if (wanted === undefined) return undefined;
    return (day) => day.getUTCDay() + 1 === wanted && day.getUTCDate() > lastDateOf(day) - 7;
  }
  const [name = "", count] = text.split("#");
  if (count !== undefined) {
    const wanted = valueOf(name, dayOfWeekRange);
    if (wanted === undefined || !/^[1-5]$/.test(count)) return undefined;
    return (day) =>
      day.getUTCDay() + 1 === wanted && Math.ceil(day.getUTCDate() / 7) === Number(count);
  }
  const days = parseCronField(text, dayOfWeekRange);
  return days && ((day) => days.has(day.getUTCDay() + 1));
}

function lastDateOf(day: Date): number {
  return new Date(Date.UTC(day.getUTCFullYear(), day.getUTCMonth() + 1, 0)).getUTCDate();
}

/** The date of the weekday nearest to a date, within its month. */
function nearestWeekday(day: Date, date: number): number {
  const of = new Date(Date.UTC(day.getUTCFullYear(), day.getUTCMonth(), date)).getUTCDay();
  if (of === 6) return date === 1 ? 3 : date - 1;
  if (of === 0) return date === lastDateOf(day) ? date - 2 : date + 1;
  return date;
}
