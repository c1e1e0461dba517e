import type { DelayingEffect } from "./effect.ts";

export interface DelaySettings {
  readonly delayMs: number;
}

/** The call comes late to its service. A fault that ends lets the calls that wait go on at once. */
export const delayEffect: DelayingEffect<DelaySettings> = {
  role: "delays",
  delayMs: ({ delayMs }) => delayMs,
};
