import { acceptMutants } from "./accept-mutants.ts";
import type { Mutant } from "./mutant.ts";
import { payloadMutants } from "./payload-mutants.ts";
import { retryMutants } from "./retry-mutants.ts";
import { rightMutants } from "./right-mutants.ts";
import { wiringMutants } from "./wiring-mutants.ts";

export const mutants: readonly Mutant[] = [
  ...retryMutants,
  ...acceptMutants,
  ...payloadMutants,
  ...wiringMutants,
  ...rightMutants,
];
