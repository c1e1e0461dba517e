/** What the text of a drafted workload still leaves to be said: the first argument of each `say`. */
export function openPoints(workload: string): string[] {
  if (!/^function say\(what: string, /m.test(workload)) return [];
  const calls = workload.matchAll(/\bsay\(\s*("(?:[^"\\]|\\.)*")/g);
  return [...calls].map(([, what = '""']) => JSON.parse(what) as string);
}
