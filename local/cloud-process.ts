/** The process of `startCloudProcess`: a cloud that ends when its parent lets go of it. */
import { quietWarnings } from "../command-line/quiet-warnings.ts";
import type { CloudSettings, FromCloudProcess } from "./cloud-apart.ts";
import { keepCompiledCode } from "./keep-compiled-code.ts";

keepCompiledCode();
quietWarnings();

const send = (message: FromCloudProcess): void => {
  if (process.connected) process.send?.(message);
};
const told = new Promise<CloudSettings>((resolve) => {
  process.once("message", resolve);
});
const stop = new AbortController();
process.once("disconnect", () => {
  stop.abort(new Error("The embedded cloud was told to stop."));
});

const { startDrillCloud } = await import("./drill-cloud.ts");
try {
  const cloud = await startDrillCloud({
    ...(await told),
    signal: stop.signal,
    log: (entry) => {
      send({ kind: "log", entry });
    },
  });
  const end = () => void cloud.close().then(() => process.exit());
  if (stop.signal.aborted) end();
  else stop.signal.addEventListener("abort", end, { once: true });
  const { endpoint, outputs, resources } = cloud;
  send({ kind: "ready", endpoint, outputs, resources });
} catch (error) {
  send({ kind: "failed", message: error instanceof Error ? error.message : String(error) });
  process.exitCode = 1;
  if (process.connected) process.disconnect();
}
