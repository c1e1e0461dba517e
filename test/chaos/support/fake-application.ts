import type { Answer, App, Effect, Found, Workload } from "../../../chaos/workload-contract.ts";

export interface Note {
  readonly key: string;
  readonly text: string;
}

export type Store = Map<string, Found>;

/** What a workload of notes can be given in place of what is right. */
export type Overrides = Partial<Workload<Note>>;

/** A table of notes in this process, with a projection where one is asked for. */
export class FakeApplication {
  readonly table: Store = new Map();
  readonly index: Store = new Map();
  readonly requests: Note[] = [];

  /** Takes a write and says so. */
  put({ key, text }: Note): Answer {
    this.requests.push({ key, text });
    this.table.set(key, text);
    return { status: 200, body: "stored" };
  }

  find(key: string): Answer & { readonly found?: Found } {
    const found = this.table.get(key);
    return found === undefined
      ? { status: 404, body: "no such note" }
      : { status: 200, body: String(found), found };
  }
}

/** A workload that says what is so of a fake application, but for what is overridden. */
export function notesOf(application: FakeApplication, overrides: Overrides = {}): Workload {
  const honest: Workload<Note> = {
    next: (key, n) => ({ key, text: `text ${String(n)}` }),
    effects: ({ key, text }): readonly Effect[] => [{ key, put: text }],
    send: (note) =>
      Promise.resolve(note.text === "" ? { status: 400, body: "no text" } : application.put(note)),
    read: (key) => Promise.resolve(application.find(key)),
    truth: () => Promise.resolve({ table: new Map(application.table) }),
    refused: (key) => ({ key, text: "" }),
  };
  return { ...honest, ...overrides } as Workload;
}

/** No part of it is reached, since the application is in this process. */
export function appWithin(signal: AbortSignal = new AbortController().signal): App {
  const none = () => {
    throw new Error("The fake application is not deployed.");
  };
  return { output: none, resource: none, http: none, aws: {} as App["aws"], signal };
}
