import { gitHubActions } from "./github-actions.ts";
import { plainText } from "./plain-text.ts";
import { workflowCommand } from "./workflow-command.ts";

/** What to print for GitHub's runner when a drill could not even begin; nothing elsewhere. */
export function cannotRunLines(sentence: string, env: NodeJS.ProcessEnv): string[] {
  if (!gitHubActions(env)) return [];
  const title = "Outage drill could not run";
  return [workflowCommand({ command: "error", title, message: plainText(sentence) })];
}
