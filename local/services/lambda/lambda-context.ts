import type { AsyncInvocations } from "./async-invocations.ts";
import type { EventSourceMappings } from "./event-source-mapping/event-source-mappings.ts";
import type { FunctionEnvironments } from "./function-environments.ts";
import type { FunctionStore } from "./function-store.ts";
import type { InvocationFaults } from "./invocation-fault.ts";
import type { LambdaHost } from "./lambda-host.ts";

/** What the operations of the Lambda service share. */
export interface LambdaContext {
  readonly functions: FunctionStore;
  readonly environments: FunctionEnvironments;
  readonly asyncInvocations: AsyncInvocations;
  readonly mappings: EventSourceMappings;
  readonly host: LambdaHost;
  /** What experiments do to invocations. */
  readonly invocationFaults: InvocationFaults;
}
