/** The command that removes what drills have left on a cloud. */
export function stopCommand(endpoint: string | undefined): string {
  return `npm run chaos -- --stop ${endpoint === undefined ? "--stack NAME" : `--endpoint ${endpoint}`}`;
}
