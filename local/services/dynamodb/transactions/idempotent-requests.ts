import { createHash } from "node:crypto";
import { AwsError } from "../../../wire/aws-error.ts";
import { invalid } from "./transaction-actions.ts";

/** How long a client's token stands for its request. Source: DynamoDB API, TransactWriteItems. */
const lifetimeMs = 10 * 60 * 1000;
const longestToken = 36;

interface KnownRequest {
  readonly digest: string;
  /** Until when it is known; absent while it is carried out. */
  endsMs?: number;
}

/** Transactions by the token that their client gave them, so that none is carried out twice. */
export class IdempotentRequests {
  readonly #known = new Map<string, KnownRequest>();

  /**
   * Carries out a request, or answers `undefined` where it has been carried out. One that failed may
   * be sent again. Throws an IdempotentParameterMismatchException for another request with the same
   * token, and a TransactionInProgressException while the first one is carried out.
   */
  async run<T>(
    token: unknown,
    request: unknown,
    carryOut: () => Promise<T>,
  ): Promise<T | undefined> {
    if (token === undefined || token === null) return carryOut();
    if (typeof token !== "string" || token.length < 1 || token.length > longestToken)
      throw invalid(
        `1 validation error detected: Value at 'clientRequestToken' failed to satisfy constraint: Member must have length between 1 and ${String(longestToken)}`,
      );
    this.#forget();
    const digest = createHash("sha256").update(JSON.stringify(request)).digest("base64");
    const known = this.#known.get(token);
    if (known) return this.#repeat(known, digest);
    const running: KnownRequest = { digest };
    this.#known.set(token, running);
    try {
      const result = await carryOut();
      // At the end of the map, so that the oldest come first.
      this.#known.delete(token);
      this.#known.set(token, { digest, endsMs: Date.now() + lifetimeMs });
      return result;
    } catch (error) {
      this.#known.delete(token);
      throw error;
    }
  }

  #repeat(known: KnownRequest, digest: string): undefined {
    if (known.digest !== digest)
      throw new AwsError(
        "IdempotentParameterMismatchException",
        "The request uses a client token of an earlier request with other parameters; use a new token.",
      );
    if (known.endsMs === undefined)
      throw new AwsError(
        "TransactionInProgressException",
        "The transaction with the given request token is already in progress.",
      );
    return undefined;
  }

  #forget(): void {
    const nowMs = Date.now();
    for (const [token, { endsMs }] of this.#known) {
      if (endsMs === undefined) continue;
      if (endsMs > nowMs) return;
      this.#known.delete(token);
    }
  }
}
