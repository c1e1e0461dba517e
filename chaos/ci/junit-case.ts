import { firstLines, plainText, shorten } from "./plain-text.ts";
import { element, xmlText } from "./xml.ts";

export interface JunitCase {
  readonly name: string;
  readonly kind: "passed" | "failure" | "error" | "skipped";
  /** What became of it, in the drill's words. */
  readonly type: string;
  readonly durationMs: number;
  /** What was measured, in a few words. */
  readonly output?: string;
  /** Why it did not pass. */
  readonly text: string;
}

const messageCharacters = 300;
const shownLines = 40;
const shownCharacters = 500;

/** A test case as XML. Its message is the first line or two of what went wrong, its content the first forty. */
export function junitCase(
  { name, kind, type, durationMs, text, output }: JunitCase,
  where: { readonly classname: string; readonly file?: string | undefined },
): string {
  const time = (durationMs / 1000).toFixed(3);
  return element(
    "testcase",
    { classname: where.classname, name, time, file: where.file },
    `${reason()}${measured()}`,
  );

  function measured(): string {
    if (output === undefined) return "";
    return element("system-out", {}, xmlText(shorten(plainText(output), messageCharacters)));
  }

  function reason(): string {
    if (kind === "passed") return "";
    const plain = plainText(text);
    const message = shorten(summaryOf(plain), messageCharacters);
    if (kind === "skipped") return element("skipped", { message });
    return element(
      kind,
      { type, message },
      xmlText(firstLines(plain, shownLines, shownCharacters)),
    );
  }
}

/** The first line, and with one that announces others the second, without the name of the error's class. */
function summaryOf(text: string): string {
  const [first = "", second = ""] = text.split("\n");
  const line = first.endsWith(":") ? `${first} ${second.trim()}` : first;
  return line.replace(/^(?:NotHeld|Undecided|NotApplicable|CannotRun)?Error: /, "");
}
