import { stripVTControlCharacters } from "node:util";

/** What is needed of a terminal's stream. */
export interface Terminal {
  readonly columns?: number;
  readonly rows?: number;
  write(text: string): unknown;
}

const escape = "\u001b[";
const defaultColumns = 80;
const defaultRows = 24;

/** Lines at the end of a terminal's output that are drawn over and over again. */
export class LiveScreen {
  readonly #terminal: Terminal;
  #drawn: readonly string[] = [];

  constructor(terminal: Terminal) {
    this.#terminal = terminal;
  }

  /** One less than there are: a line that reaches the edge may or may not wrap. */
  get columns(): number {
    return Math.max((this.#terminal.columns ?? defaultColumns) - 1, 1);
  }

  /** One less than there are, so that what is drawn never scrolls. */
  get rows(): number {
    return Math.max((this.#terminal.rows ?? defaultRows) - 1, 1);
  }

  /** @param above is printed once and stays; @param frame takes the place of the last one */
  draw(above: readonly string[], frame: readonly string[]): void {
    const lines = [...above, ...frame];
    this.#terminal.write(`${this.#home()}${lines.map((line) => `${line}\n`).join("")}`);
    this.#drawn = frame;
  }

  /** Takes the frame off the terminal, for something else to be printed. */
  erase(): void {
    const home = this.#home();
    this.#drawn = [];
    if (home !== "") this.#terminal.write(home);
  }

  /** Forgets what was drawn, which then stays: something else has written to the terminal. */
  leave(): void {
    this.#drawn = [];
  }

  /** To the first column of the first line that was drawn, and clears from there to the end. */
  #home(): string {
    if (this.#drawn.length === 0) return "";
    // A terminal that has become narrower has wrapped its lines.
    const columns = this.columns + 1;
    const lines = this.#drawn.map((line) =>
      Math.max(Math.ceil(stripVTControlCharacters(line).length / columns), 1),
    );
    const height = lines.reduce((sum, count) => sum + count, 0);
    return `\r${escape}${String(height)}A${escape}J`;
  }
}
