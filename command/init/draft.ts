/** A piece of a drafted workload: lines of code, and what they need. */
export interface Draft {
  /** Members of the workload, indented by two spaces. */
  readonly lines: readonly string[];
  /** Module → what is imported from it. */
  readonly imports?: Readonly<Record<string, readonly string[]>>;
  /** Functions that the lines call, each as its text. */
  readonly helpers?: readonly string[];
}

/** A string literal. */
export function quoted(text: string): string {
  return JSON.stringify(text);
}

/** A name of a property, quoted where it is no identifier. */
export function property(name: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : quoted(name);
}

/** A call that stands for what the program does not tell, with what may help to answer it. */
export function openPoint(what: string, ...values: readonly string[]): string {
  return `say(${[quoted(what), ...values].join(", ")})`;
}
