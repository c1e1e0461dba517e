/** What the service and the thread of an execution environment tell each other. */

export interface Invocation {
  readonly requestId: string;
  /** JSON text of the event. */
  readonly payload: string;
  readonly functionArn: string;
  /** JSON text of what the caller tells about itself. */
  readonly clientContext?: string;
  /** Milliseconds since the epoch. */
  readonly deadlineMs: number;
}

export interface EnvironmentSetup {
  /** Folder of the unpacked code. */
  readonly directory: string;
  /** Such as `index.handler`. */
  readonly handler: string;
  /** Such as `nodejs24.x`. */
  readonly runtime: string;
  readonly functionName: string;
  readonly memorySizeMb: number;
  readonly logGroup: string;
  readonly logStream: string;
  /** Where V8 keeps compiled code between environments. */
  readonly compileCache: string;
}

/** How Lambda describes an error that a function threw. Source: Lambda Runtime API. */
export interface RuntimeError {
  readonly errorType: string;
  readonly errorMessage: string;
  readonly trace?: readonly string[];
}

export type FromEnvironment =
  | { readonly kind: "ready" }
  | { readonly kind: "init-error"; readonly error: RuntimeError }
  /** It has sent itself a signal, and ends. */
  | { readonly kind: "exit"; readonly signal: string }
  | { readonly kind: "result"; readonly requestId: string; readonly payload: string }
  | { readonly kind: "error"; readonly requestId: string; readonly error: RuntimeError };
