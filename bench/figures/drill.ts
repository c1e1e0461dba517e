import { spawn } from "node:child_process";
import type { Measured } from "../figure.ts";

/** The whole of `npm run chaos`. */
export async function measureDrill(directory: string): Promise<Measured[]> {
  const startedMs = performance.now();
  const child = spawn("npm", ["run", "--silent", "chaos"], { cwd: directory, stdio: "ignore" });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", resolve);
  });
  if (code !== 0) throw new Error(`npm run chaos in ${directory} ended with ${String(code)}.`);
  return [
    {
      name: "npm run chaos",
      unit: "s",
      value: (performance.now() - startedMs) / 1000,
      target: { atMost: 60 },
    },
  ];
}
