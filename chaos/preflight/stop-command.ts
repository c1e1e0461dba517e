import { commandOf } from "../../command-line/command-of.ts";

/** The command that removes what drills have left on a cloud. */
export function stopCommand(endpoint: string | undefined): string {
  return commandOf(
    "run",
    `--stop ${endpoint === undefined ? "--stack NAME" : `--endpoint ${endpoint}`}`,
  );
}
