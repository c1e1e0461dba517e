/** So many anomalies of one kind show what is wrong; all of them are in the journal. */
const shownOfAKind = 3;

/** The first anomalies of each kind, kind by kind; a text begins with its kind and a colon. */
export function firstOfEachKind(anomalies: readonly string[]): string[] {
  return [...Map.groupBy(anomalies, kindOf).values()].flatMap((group) =>
    group.slice(0, shownOfAKind),
  );
}

export function kindOf(anomaly: string): string {
  return anomaly.slice(0, Math.max(0, anomaly.indexOf(":")));
}
