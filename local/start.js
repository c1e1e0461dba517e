// `npm run cloud`: restarts clean before the first TypeScript is loaded.
import { fileURLToPath } from "node:url";
import { restartClean } from "./restart-clean.js";

await restartClean(fileURLToPath(new URL("cli.ts", import.meta.url)));
await import("./cli.ts");
