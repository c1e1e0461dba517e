import { invalid } from "../events-input.ts";
import { isObject } from "../pattern/field.ts";

/** Reads a value of an event; `undefined` where it has none. */
export type PathReader = (event: unknown) => unknown;

const step = /\.([A-Za-z0-9_-]+)|\['([^']+)'\]|\[(\d{1,6})\]/y;

/**
 * The reader of a path such as `$.detail.items[0].id`, with dots, `['names']` and indexes, as EventBridge
 * has them. Throws ValidationException. Source: EventBridge User Guide, "Amazon EventBridge input transformation".
 */
export function readPath(path: string): PathReader {
  if (!path.startsWith("$")) throw invalid(`Invalid JSON path: ${path} must begin with $.`);
  const steps: (string | number)[] = [];
  step.lastIndex = 1;
  while (step.lastIndex < path.length) {
    const found = step.exec(path);
    if (!found) throw invalid(`Invalid JSON path: ${path}.`);
    steps.push(found[1] ?? found[2] ?? Number(found[3]));
  }
  return (event) =>
    steps.reduce<unknown>((value, name) => {
      if (typeof name === "number")
        return Array.isArray(value) ? (value as unknown[])[name] : undefined;
      return isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;
    }, event);
}
