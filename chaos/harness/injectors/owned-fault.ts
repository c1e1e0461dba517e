import type { ChaosApi, ChaosEffects, ChaosFaultRule } from "./chaos-api.ts";
import type { ChaosFault } from "./leased-fault.ts";
import { latencyMark } from "./rule-marks.ts";
import type { ChaosFaults } from "./to-chaos-faults.ts";

/**
 * Rules and latency of a Chaos API without leases. Each rule names its owner, and a rule that matches
 * no call names the owner of the latency, so that the next drill recognises what a killed one has left.
 *
 * @param owner see `formatOwner`
 */
export function ownedFault(
  api: ChaosApi,
  owner: string,
  { rules, latency }: ChaosFaults,
): ChaosFault {
  let before: ChaosEffects = { latency: 0 };
  let posted: readonly ChaosFaultRule[] = [];
  return {
    async begin() {
      before = await api.effects();
      posted = [
        ...(latency > 0 ? [latencyMark(owner, { added: latency, before: before.latency })] : []),
        ...rules.map((rule) => ({ ...rule, description: owner })),
      ];
      if (posted.length > 0) await api.addFaults(posted);
      if (latency > 0) await api.setEffects({ latency: before.latency + latency });
    },
    async end() {
      // The mark goes last: while it is in force, the latency is known for the drill's.
      const undone = await Promise.allSettled([
        latency > 0 && posted.length > 0 ? api.setEffects(before) : before,
      ]);
      undone.push(...((await Promise.allSettled([removeRules(api, posted)])) as typeof undone));
      const errors = undone.flatMap((each) =>
        each.status === "rejected" ? [each.reason as unknown] : [],
      );
      if (errors.length > 0)
        throw new AggregateError(
          errors,
          `The Chaos API did not take the fault back: ${errors.map(String).join("; ")}`,
        );
      return { status: "taken back" };
    },
  };
}

/** A removal that was refused matters only if a rule is there: they may never have been taken. */
async function removeRules(api: ChaosApi, rules: readonly ChaosFaultRule[]): Promise<void> {
  if (rules.length === 0) return;
  await api.deleteFaults(rules).catch(async (error: unknown) => {
    const present = await api.faults();
    const descriptions = rules.map(({ description }) => description);
    if (present.some(({ description }) => descriptions.includes(description))) throw error;
  });
}
