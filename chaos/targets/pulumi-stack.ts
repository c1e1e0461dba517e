import { parseStack } from "../stack/read-stack.ts";
import type { StackDescription } from "../stack/read-stack.ts";
import { runPulumi } from "./pulumi-outputs.ts";

/**
 * A stack with its resources, from the Pulumi CLI in the program's folder.
 *
 * @throws CannotRunError
 */
export async function pulumiStack(stack: string, folder = "."): Promise<StackDescription> {
  const args = ["stack", "export", "--non-interactive", "--stack", stack];
  return parseStack(await runPulumi(args, { stack, folder }), `stack ${stack}`);
}
