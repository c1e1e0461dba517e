/** The process of `startDeployProcess`: deploys what it is told, answers, and ends. */
import { quietWarnings } from "../../command-line/quiet-warnings.ts";
import { keepCompiledCode } from "../keep-compiled-code.ts";
import type { Deployment, FromDeployProcess } from "./deploy-apart.ts";

quietWarnings();
keepCompiledCode();

const send = (message: FromDeployProcess): void => {
  process.send?.(message);
};
const told = new Promise<Deployment>((resolve) => {
  process.once("message", resolve);
});
const textOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
// What the program throws where nobody catches it ends this process, and would be told nobody.
process.once("uncaughtException", (error) => {
  const failed: FromDeployProcess = { kind: "failed", message: textOf(error) };
  if (process.send === undefined) process.exit(1);
  process.send(failed, () => process.exit(1));
});
// Without its parent nobody waits for the outcome.
process.once("disconnect", () => process.exit());

const { deploy } = await import("./deploy.ts");
const { preload } = await import("./pulumi-sdk.ts");
const { openProgram } = await import("./open-program.ts");
// What is wrong with the program is told when it is deployed.
if (process.argv[2] !== undefined) await preload(new URL(process.argv[2])).catch(() => undefined);
const { program, ...options } = await told;
try {
  const programUrl = new URL(program);
  process.chdir((await openProgram(programUrl)).directory);
  const deployed = await deploy<unknown>({
    ...options,
    programUrl,
    log: (entry) => {
      send({ kind: "log", entry });
    },
  });
  send({ kind: "done", deployed });
} catch (error) {
  send({ kind: "failed", message: textOf(error) });
}
// Older SDKs tell on exit, at length, of promises that a program left open; those of a program that was
// refused are meant to be.
process.removeAllListeners("exit");
