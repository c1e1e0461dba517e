import { DeploymentError, type Problem } from "./deployment-error.ts";
import { RefusedError } from "./refused-error.ts";

/** Gathers what stands in the way of a program, and counts what is under way. */
export class ProblemCollector {
  readonly #problems: Problem[] = [];
  readonly #underWay = new Map<Promise<unknown>, string>();
  readonly #onFirst: () => void;
  #stopped = false;

  /** @param onFirst called once, before anything else hears of the first problem */
  constructor(onFirst: () => void) {
    this.#onFirst = onFirst;
  }

  /** Whether nothing more is to be created. */
  get hasProblems(): boolean {
    return this.#problems.length > 0 || this.#stopped;
  }

  add(error: unknown): void {
    const first = this.#problems.length === 0;
    // A program that is run again meets the same once more.
    const known = new Set(this.#problems.map((problem) => JSON.stringify(problem)));
    this.#problems.push(
      ...problemsOf(error).filter((problem) => !known.has(JSON.stringify(problem))),
    );
    if (first) this.#onFirst();
  }

  /** @returns the answer, or undefined where there is none because of a problem */
  async watch<Answer>(
    label: string,
    answer: () => Answer | Promise<Answer>,
  ): Promise<Answer | undefined> {
    const answering = (async () => answer())();
    this.#underWay.set(answering, label);
    try {
      return await answering;
    } catch (error) {
      this.add(error);
      return undefined;
    } finally {
      this.#underWay.delete(answering);
    }
  }

  /** Names of what is being created or asked. */
  underWay(): string[] {
    return [...this.#underWay.values()];
  }

  /** Lets nothing more be created, and resolves once nothing is under way. */
  async settled(): Promise<void> {
    this.#stopped = true;
    await Promise.allSettled(this.#underWay.keys());
  }

  /**
   * @param ending what ended the program early, if anything has
   * @returns everything that was in the way, or undefined
   */
  toError(ending?: unknown): Error | undefined {
    if (this.#problems.length === 0) return ending === undefined ? undefined : asError(ending);
    const told = this.#problems.some(
      ({ reason }) => ending !== undefined && asError(ending).message.includes(reason),
    );
    if (ending === undefined || told) return new DeploymentError(this.#problems);
    const { message } = new DeploymentError(this.#problems);
    return new Error(
      `${message}\nThe program then ended, so that there may be more: ${asError(ending).message}`,
      { cause: ending },
    );
  }
}

function problemsOf(error: unknown): readonly Problem[] {
  if (error instanceof DeploymentError) return error.problems;
  if (error instanceof RefusedError)
    return error.refusals.map(({ reason, part }) => ({ reason, refused: part }));
  return [{ reason: error instanceof Error ? error.message : String(error) }];
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
