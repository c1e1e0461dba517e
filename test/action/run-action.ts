import { execFile } from "node:child_process";
import { appendFile, mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { runInNewContext } from "node:vm";
import { parse } from "yaml";

export const actionPath = fileURLToPath(new URL("../../", import.meta.url));

export interface Action {
  readonly inputs: Readonly<Record<string, { readonly default?: string }>>;
  readonly outputs: Readonly<Record<string, { readonly value: string }>>;
  readonly runs: { readonly steps: readonly ActionStep[] };
}

export interface ActionStep {
  readonly id?: string;
  readonly name: string;
  readonly if?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly with?: Readonly<Record<string, unknown>>;
  readonly "working-directory"?: string;
}

export interface ActionRun {
  /** Of the first step that failed, or 0. */
  readonly exitCode: number;
  readonly outputs: Readonly<Record<string, string>>;
  /** Everything that the steps printed. */
  readonly log: string;
  /** Of all steps, as GitHub shows it. */
  readonly summary: string;
  /** Names of the steps that ran; of those that use other actions as well. */
  readonly ran: readonly string[];
}

export interface ActionOptions {
  /** The repository that uses the action. */
  readonly workspace: string;
  /** `RUNNER_TEMP`. */
  readonly temporary: string;
  readonly inputs?: Readonly<Record<string, string>>;
  readonly eventName?: string;
  /** What actions that the steps use give, by the id of the step. */
  readonly outputsOfUsed?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Steps to leave out, such as an installation that has been done. */
  readonly without?: readonly string[];
}

export async function readAction(): Promise<Action> {
  return parse(await readFile(join(actionPath, "action.yml"), "utf8")) as Action;
}

/** Runs the commands of `action.yml` one after the other, each in a shell as GitHub's runner starts it. */
export async function runAction(options: ActionOptions): Promise<ActionRun> {
  const { workspace, temporary, eventName = "pull_request", outputsOfUsed = {} } = options;
  const action = await readAction();
  const defaults = Object.entries(action.inputs).map(([name, each]) => [name, each.default ?? ""]);
  const context = {
    inputs: { ...(Object.fromEntries(defaults) as object), ...options.inputs },
    runner: { temp: temporary },
    github: { action_path: actionPath, event_name: eventName, run_id: "1", run_attempt: "1" },
    steps: {} as Record<string, { outputs: Readonly<Record<string, string>> }>,
  };
  for (const { id } of action.runs.steps) if (id !== undefined) context.steps[id] = { outputs: {} };
  await mkdir(temporary, { recursive: true });
  let [exitCode, log, summary] = [0, "", ""];
  const ran: string[] = [];
  for (const [index, step] of action.runs.steps.entries()) {
    if (options.without?.includes(step.name) === true) continue;
    const condition = step.if ?? "true";
    if (exitCode !== 0 && !condition.includes("always()")) continue;
    if (evaluate(condition, context) !== true) continue;
    ran.push(step.name);
    if (step.run === undefined) {
      if (step.id !== undefined) context.steps[step.id] = { outputs: outputsOfUsed[step.id] ?? {} };
      continue;
    }
    const result = await runStep(step, { context, temporary, workspace, index });
    log += result.log;
    summary += result.summary;
    if (step.id !== undefined) context.steps[step.id] = { outputs: result.outputs };
    exitCode ||= result.exitCode;
  }
  const outputs = Object.entries(action.outputs).map(([name, { value }]) => [
    name,
    fill(value, context),
  ]);
  return {
    exitCode,
    outputs: Object.fromEntries(outputs) as ActionRun["outputs"],
    log,
    summary,
    ran,
  };
}

async function runStep(
  step: ActionStep,
  where: { context: object; temporary: string; workspace: string; index: number },
) {
  const { context, temporary, workspace, index } = where;
  const path = (name: string) => join(temporary, `${String(index)}.${name}`);
  const [script, output, summaryFile] = [path("sh"), path("output"), path("summary")];
  await writeFile(script, step.run ?? "");
  for (const file of [output, summaryFile]) await writeFile(file, "");
  const env = Object.entries(step.env ?? {}).map(([name, value]) => [name, fill(value, context)]);
  const { code, log } = await new Promise<{ code: number; log: string }>((resolve) => {
    const child = execFile(
      "bash",
      ["--noprofile", "--norc", "-e", "-o", "pipefail", script],
      {
        cwd: join(workspace, fill(step["working-directory"] ?? ".", context)),
        env: {
          ...process.env,
          CI: "true",
          GITHUB_ACTIONS: "true",
          GITHUB_OUTPUT: output,
          GITHUB_STEP_SUMMARY: summaryFile,
          GITHUB_WORKSPACE: workspace,
          RUNNER_TEMP: temporary,
          ...(Object.fromEntries(env) as NodeJS.ProcessEnv),
        },
        maxBuffer: 1 << 26,
      },
      (_, stdout, stderr) => {
        resolve({ code: child.exitCode ?? 1, log: stdout + stderr });
      },
    );
  });
  await appendFile(path("log"), log);
  const lines = (await readFile(output, "utf8")).split("\n").filter((line) => line.includes("="));
  const outputs = Object.fromEntries(
    lines.map((line) => [line.slice(0, line.indexOf("=")), line.slice(line.indexOf("=") + 1)]),
  ) as Readonly<Record<string, string>>;
  return { exitCode: code, log, outputs, summary: await readFile(summaryFile, "utf8") };
}

/** The text with its expressions evaluated. */
function fill(text: string, context: object): string {
  return text.replaceAll(/\$\{\{(.+?)\}\}/g, (_, expression: string) =>
    String(evaluate(expression, context) ?? ""),
  );
}

/** The few operators that the action uses mean in JavaScript what they mean to GitHub's runner. */
function evaluate(expression: string, context: object): unknown {
  const script = expression.replaceAll(/\.([a-z]+(?:-[a-z]+)+)/g, '["$1"]');
  return runInNewContext(script, { ...context, always: () => true });
}
