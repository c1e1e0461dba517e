const EXPECTED = 2;
const met = Promise.withResolvers<true>();
let arrived = 0;

/** Resolves once two have called it; the module is evaluated once for all deployments. */
export function arrive(): Promise<true> {
  arrived += 1;
  if (arrived === EXPECTED) met.resolve(true);
  return met.promise;
}
