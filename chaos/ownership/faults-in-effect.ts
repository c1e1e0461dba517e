/** Something that this process has put on a stack and must remove before it ends. */
export interface FaultInEffect {
  /** Such as "FIS experiment EXP123". */
  readonly what: string;
  /** The command that removes it when this process cannot; undefined when it ends with the process. */
  readonly remedy: string | undefined;
  undo(): Promise<unknown>;
}

const inEffect = new Set<FaultInEffect>();

/**
 * Remembers what to undo on every way out of the process, from before it is put there. A process has
 * one such list, as it has one set of signals.
 *
 * @returns forgets it, once it has been removed
 */
export function registerFault(fault: FaultInEffect): () => void {
  inEffect.add(fault);
  return () => {
    inEffect.delete(fault);
  };
}

export function faultsInEffect(): readonly FaultInEffect[] {
  return [...inEffect];
}

/** Undoes all that is in effect, each whatever becomes of the others. Never rejects. */
export async function undoFaults(): Promise<void> {
  await Promise.allSettled(faultsInEffect().map((fault) => fault.undo()));
}
