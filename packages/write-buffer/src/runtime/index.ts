/** The run-time half of the write buffer, for the code of functions. */
export { callOptions, clientOptions } from "./client-options.ts";
export {
  type Apply,
  type ApplyContext,
  createRetryHandler,
  type RetryHandlerOptions,
} from "./create-retry-handler.ts";
export {
  createWriteBuffer,
  type WriteBuffer,
  type WriteBufferOptions,
} from "./create-write-buffer.ts";
export { optionalEnvironment, requireEnvironment } from "./environment.ts";
export type { MessageFormat } from "./queued-write.ts";
export { RefusedWriteError } from "./refused-write-error.ts";
export { type Clocks, createWriteVersions, type WriteVersions } from "./write-version.ts";
export { type CallBudget, DEFAULT_SETTINGS, type WriteBufferSettings } from "../settings.ts";
