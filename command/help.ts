import { commands } from "./commands.ts";

/** What `outage-drill --help` prints. */
export function help(): string {
  const width = Math.max(...Object.keys(commands).map((name) => name.length));
  const list = Object.entries(commands).map(
    ([name, { summary }]) => `  ${name.padEnd(width)}  ${summary}`,
  );
  return `Usage: npx outage-drill COMMAND [options]

Breaks the cloud under a serverless application, and says whether every write that a caller was told is
safe is safe.

${list.join("\n")}

  --version  print the version
  --help     print this; after a command, its options

Examples:
  npx outage-drill doctor                              # is everything in place?
  npx outage-drill init                                # reads ./Pulumi.yaml's program
  npx outage-drill policy --stack dev                  # before anything is deployed
  npx outage-drill cloud --no-deploy --port 4577       # an empty AWS endpoint
  npx outage-drill run --only outage                   # one experiment
  npx outage-drill check worker-*.jsonl --outputs outputs.json   # what several machines have sent
  npx outage-drill redrive --endpoint http://127.0.0.1:4566

Exit code: the command's own; 3 if there is no such command.
`;
}
