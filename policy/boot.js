// The Pulumi CLI requires a pack's main file with ts-node in place, which refuses `.ts` in import
// paths. A module that is imported goes past ts-node, and Node 24 runs TypeScript as it is.
import "./index.ts";
