export interface WorkflowCommand {
  readonly command: "error" | "warning";
  /** From the root of the repository. */
  readonly file?: string;
  /** From 1. */
  readonly line?: number;
  readonly title: string;
  readonly message: string;
}

/**
 * A line that GitHub's runner turns into an annotation, whatever the texts hold. Properties end at a
 * comma and the message begins after two colons; the runner decodes what is escaped here
 * (actions/toolkit, packages/core/src/command.ts).
 */
export function workflowCommand(given: WorkflowCommand): string {
  const { command, file, line, title, message } = given;
  const properties = Object.entries({ file, line, title }).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name}=${escapeProperty(String(value))}`],
  );
  return `::${command} ${properties.join(",")}::${escapeData(message)}`;
}

function escapeData(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
