import type * as pulumi from "@pulumi/pulumi";

/** gRPC status, which Pulumi's runtime reads as: the engine has stopped, do nothing more. */
const UNAVAILABLE = 14;

/** What Pulumi's runtime sees of a failure; the cause is told to whoever runs the program. */
class EngineStoppedError extends Error {
  readonly code = UNAVAILABLE;
  override readonly name = "EngineStoppedError";
}

interface StoppingMocks {
  readonly mocks: pulumi.runtime.Mocks;
  /** Rejects with the first failure; never resolves. */
  readonly failed: Promise<never>;
  /** Names of what is being created or asked. */
  underWay(): string[];
  /** Refuses whatever still comes, and resolves once nothing is under way. */
  settled(): Promise<void>;
}

/**
 * Makes mocks stop a program at the first failure as Pulumi's engine does: calls that come later
 * are refused, and what depends on the failed resource never runs.
 */
export function stopOnFirstFailure(mocks: pulumi.runtime.Mocks): StoppingMocks {
  const failure = Promise.withResolvers<never>();
  // The race that awaits it may be over before it fails.
  failure.promise.catch(() => undefined);
  const underWay = new Map<Promise<unknown>, string>();
  let stopped = false;

  const guarded =
    <Args, Result>(
      nameOf: (args: Args) => string,
      answer: (args: Args) => Result | Promise<Result>,
    ) =>
    async (args: Args): Promise<Result> => {
      if (stopped) {
        throw new EngineStoppedError();
      }
      const answering = (async () => answer(args))();
      underWay.set(answering, nameOf(args));
      try {
        return await answering;
      } catch (error) {
        stopped = true;
        failure.reject(error);
        throw new EngineStoppedError();
      } finally {
        underWay.delete(answering);
      }
    };

  return {
    mocks: {
      ...mocks,
      newResource: guarded(
        ({ name, type }: pulumi.runtime.MockResourceArgs) => `${name} (${type})`,
        (args) => mocks.newResource(args),
      ),
      call: guarded(
        ({ token }: pulumi.runtime.MockCallArgs) => token,
        (args) => mocks.call(args),
      ),
    },
    failed: failure.promise,
    underWay: () => [...underWay.values()],
    settled: async () => {
      stopped = true;
      await Promise.allSettled(underWay.keys());
    },
  };
}
