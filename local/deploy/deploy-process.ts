/** The process of `startDeployProcess`: deploys what it is told, answers, and ends. */
import { keepCompiledCode } from "../keep-compiled-code.ts";
import type { Deployment, FromDeployProcess } from "./deploy-apart.ts";

keepCompiledCode();

const send = (message: FromDeployProcess): void => {
  process.send?.(message);
};
const told = new Promise<Deployment>((resolve) => {
  process.once("message", resolve);
});
// Without its parent nobody waits for the outcome.
process.once("disconnect", () => process.exit());

const { deploy } = await import("./deploy.ts");
const { program, ...options } = await told;
try {
  const outputs = await deploy({
    ...options,
    programUrl: new URL(program),
    log: (entry) => {
      send({ kind: "log", entry });
    },
  });
  send({ kind: "done", outputs });
} catch (error) {
  send({ kind: "failed", message: error instanceof Error ? error.message : String(error) });
}
