import { isDeepStrictEqual } from "node:util";
import { conflictError } from "./errors.ts";

/** More than any client has in flight; a bound for a cloud that runs for weeks. */
const keptTokens = 10_000;

export interface TokenCall {
  readonly operation: string;
  readonly region: string;
  /** What it asks for. */
  readonly request: unknown;
}

export interface ClientTokens {
  /**
   * The result of the earlier request with this token, or that of `run`. Throws ConflictException
   * when the earlier request asked for something else. A token belongs to a scope: an operation and
   * a Region.
   */
  once<T>(token: string | undefined, call: TokenCall, run: () => T): T;
}

/** Makes a request that a client repeats after a lost answer count once. */
export function createClientTokens(): ClientTokens {
  const results = new Map<string, { readonly request: unknown; readonly result: unknown }>();
  return {
    once<T>(given: string | undefined, call: TokenCall, run: () => T): T {
      if (given === undefined) return run();
      const { operation, region, request } = call;
      const token = `${operation} ${region} ${given}`;
      const earlier = results.get(token);
      if (earlier) {
        if (isDeepStrictEqual(earlier.request, request)) return earlier.result as T;
        throw conflictError(
          `The client token ${given} was used before with other parameters; use a new one.`,
        );
      }
      const result = run();
      results.set(token, { request, result });
      const [oldest] = results.keys();
      if (results.size > keptTokens && oldest !== undefined) results.delete(oldest);
      return result;
    },
  };
}
