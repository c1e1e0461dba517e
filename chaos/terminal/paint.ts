import { styleText } from "node:util";
import type { Outcome } from "../harness/journal.ts";
import { isContinuousIntegration } from "./output-mode.ts";

export type Style = "bold" | "dim" | "green" | "red" | "yellow";

/** Gives a text a colour, or leaves it as it is where colours are not wanted. */
export type Paint = (style: Style, text: string) => string;

export const plain: Paint = (_, text) => text;

export function painter(isColored: boolean): Paint {
  return isColored ? (style, text) => styleText(style, text, { validateStream: false }) : plain;
}

/**
 * FORCE_COLOR decides, else NO_COLOR (https://no-color.org), else the terminal. GitHub's logs show
 * colours though they are no terminal.
 */
export function wantsColor(env: NodeJS.ProcessEnv, isTerminal: boolean): boolean {
  const { FORCE_COLOR, NO_COLOR, NODE_DISABLE_COLORS, TERM, GITHUB_ACTIONS } = env;
  if (FORCE_COLOR !== undefined) return !["0", "false"].includes(FORCE_COLOR);
  if (isSet(NO_COLOR) || isSet(NODE_DISABLE_COLORS) || TERM === "dumb") return false;
  return isTerminal || (GITHUB_ACTIONS === "true" && isContinuousIntegration(env));
}

function isSet(value: string | undefined): boolean {
  return value !== undefined && value !== "";
}

/** A shape for each outcome, so that no colour is needed to tell them apart. */
export const signs: Readonly<Record<Outcome, string>> = {
  held: "✔",
  "not-held": "✘",
  unknown: "?",
  "could-not-run": "!",
  "not-applicable": "–",
  interrupted: "■",
};

const styles: Readonly<Record<Outcome, Style>> = {
  held: "green",
  "not-held": "red",
  unknown: "yellow",
  "could-not-run": "red",
  "not-applicable": "dim",
  interrupted: "yellow",
};

export function paintOutcome(paint: Paint, outcome: Outcome, text: string): string {
  return paint(styles[outcome], text);
}
