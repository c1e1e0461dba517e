import type { Step } from "./step.ts";

/** The answer of the first of these steps that has one; each must know at once whether it has. */
export function firstOf(...steps: readonly Step[]): Step {
  return (exchange) => {
    for (const step of steps) {
      const answer = step(exchange);
      if (answer) return answer;
    }
    return undefined;
  };
}
