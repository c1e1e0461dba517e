import type { Application } from "./application.ts";
import type { Draft } from "./draft.ts";
import { draftGivenUp, draftPending } from "./draft-pending.ts";
import { draftRead, draftSend } from "./draft-send.ts";
import { draftTruth } from "./draft-truth.ts";

const CONTRACT = "outage-drill/workload";

/**
 * Writes a workload as far as a program's resources tell it. What they do not tell is a call of `say`,
 * which throws: the draft type-checks, and a drill with it ends at the first open point.
 */
export function draftWorkload(application: Application, file: string): string {
  const members = [
    draftSend(application),
    draftRead(application),
    draftTruth(application),
    draftPending(application),
    draftGivenUp(application),
  ].filter((draft) => draft !== undefined);
  const helpers = new Set(members.flatMap((draft) => draft.helpers ?? []));
  const isOpen = members.some(({ lines }) => lines.some((line) => line.includes("say(")));
  return `${[
    ...header(application, isOpen),
    ...importLines(members),
    "",
    "/** One write, as a caller makes it. */",
    "interface Write {",
    "  readonly key: string;",
    "  readonly value: string;",
    "}",
    "",
    "const workload: Workload<Write> = {",
    ...indent([
      "next: (key, n) => ({ key, value: `${key}-${String(n)}` }),",
      "",
      "// The last acknowledged value of a key is there. Other effects: { key, add: 1 } for a counter,",
      "// { key, append: value } for a list, { key, remove: true }; several for a transaction.",
      "effects: ({ key, value }) => [{ key, put: value }],",
      ...members.flatMap(({ lines }) => ["", ...lines]),
    ]),
    "};",
    "",
    "export default workload;",
    ...[...helpers].flatMap((helper) => ["", helper]),
    ...(isOpen ? ["", say(file)] : []),
  ].join("\n")}\n`;
}

function say(file: string): string {
  return [
    "/** Stands for what the program's resources do not tell. The values are what there is to answer with. */",
    "function say(what: string, ..._values: readonly unknown[]): never {",
    `  throw new Error(\`${file}: say \${what}.\`);`,
    "}",
  ].join("\n");
}

function header(application: Application, isOpen: boolean): string[] {
  const { project, urlOutputs, routes, tables, queues, topics, buckets } = application;
  const names = (items: readonly { readonly name: string }[]) => items.map(({ name }) => name);
  const lines = [
    ["outputs that are addresses", urlOutputs],
    ["routes", routes.map(({ method, path }) => `${method} ${path}`)],
    ["tables", tables.map(({ name, keys }) => `${name} (${names(keys).join(", ")})`)],
    [
      "queues",
      queues.map(({ name, isDeadLetterQueue }) =>
        isDeadLetterQueue ? `${name} (dead letters)` : name,
      ),
    ],
    ["topics", names(topics)],
    ["buckets", names(buckets)],
  ] as const;
  return [
    "/**",
    ` * What a drill knows of ${project}, drafted by \`outage-drill init\` from the program's resources:`,
    " *",
    ...lines.map(([title, found]) => ` *   ${title}: ${found.join(", ") || "none"}`),
    ...(isOpen
      ? [
          " *",
          " * Each call of `say` is an open point: put the answer in its place, and remove `say` in the end.",
        ]
      : []),
    " */",
  ];
}

function importLines(members: readonly Draft[]): string[] {
  const imports = new Map<string, Set<string>>([[CONTRACT, new Set(["Workload"])]]);
  for (const draft of members)
    for (const [module, names] of Object.entries(draft.imports ?? {}))
      imports.set(module, new Set([...(imports.get(module) ?? []), ...names]));
  return [...imports]
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([module, names]) => {
      const list = [...names].sort((a, b) => bare(a).localeCompare(bare(b))).join(", ");
      return `import ${module === CONTRACT ? "type " : ""}{ ${list} } from "${module}";`;
    });
}

function bare(name: string): string {
  return name.replace(/^type /, "");
}

function indent(lines: readonly string[]): string[] {
  return lines.map((line) => (line === "" ? "" : `  ${line}`));
}
