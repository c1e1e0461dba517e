import type { Anomaly } from "../anomaly.ts";
import { classifyLook } from "./classify-look.ts";
import { classifyRead } from "./classify-read.ts";
import { decideLegality } from "./decide-legality.ts";
import { findDeadLettered } from "./find-dead-lettered.ts";
import type { KeyHistory, Observation } from "./key-history.ts";
import type { IsExcused } from "./obligations.ts";
import { firstIndex } from "./first-index.ts";

/** So many anomalies of one key, dead letters aside, say enough. */
const maxFindings = 8;

/**
 * What is wrong with the history of a key that is not legal: at least one anomaly.
 *
 * Takes the observations in the order in which they ended. The first that fits with none before it is an
 * anomaly; without it, and without later reads that say the same, the rest is judged again. A write in
 * the dead-letter queue is an anomaly if a look ought to have shown it, and is not asked for otherwise.
 */
export function explain(history: KeyHistory, isDeadLetter: (value: string) => boolean): Anomaly[] {
  const isExcused: IsExcused = ({ type, value }) =>
    type === "queued" && value !== undefined && isDeadLetter(value);
  const anomalies: Anomaly[] = [];
  let left = [...history.observations].sort(
    (a, b) => a.answeredMs - b.answeredMs || (a.look ?? -1) - (b.look ?? -1),
  );
  while (anomalies.length < maxFindings) {
    const observations = upToFirstIllegal({ ...history, observations: left }, isExcused);
    const culprit = observations.pop();
    if (!culprit) break;
    const legal = { ...history, observations };
    anomalies.push(
      culprit.look === undefined
        ? classifyRead(legal, culprit, isExcused)
        : classifyLook(legal, culprit, isExcused),
    );
    left = left.filter((each, index) => index < observations.length || !saysTheSame(each, culprit));
  }
  return [...anomalies, ...findDeadLettered(history, isExcused, anomalies.length === 0)];
}

/** The observations up to the first with which the history is not legal; none if it is legal. */
function upToFirstIllegal(history: KeyHistory, isExcused: IsExcused): Observation[] {
  const { observations } = history;
  const isIllegal = (count: number) =>
    decideLegality({ ...history, observations: observations.slice(0, count) }, isExcused) ===
    "illegal";
  if (!isIllegal(observations.length)) return [];
  return observations.slice(0, firstIndex(observations.length, isIllegal));
}

function saysTheSame(one: Observation, other: Observation): boolean {
  return one.value === other.value && (one.look === undefined) === (other.look === undefined);
}
