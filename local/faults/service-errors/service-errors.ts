import type { FaultError } from "../effects/error.ts";

/** How a service fails. Denied calls have a table of their own, as they depend on the caller. */
export type OutageKind = "internal" | "unavailable" | "throttling";

/** An error as a service sends it; `fields` are members of its shape besides the message. */
export interface ServiceError extends FaultError {
  readonly fields?: Readonly<Record<string, unknown>>;
}

/** What one service sends, by how it fails; for a kind that is not there, see common-errors.ts. */
export type ServiceErrors = Partial<Readonly<Record<OutageKind, readonly ServiceError[]>>>;
