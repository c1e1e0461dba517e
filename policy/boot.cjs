// The Pulumi CLI requires a pack's main file, and the pack is made of modules. Node.js 24 runs their
// TypeScript as it is; with tsx, so does the older one that Pulumi may find.
module.exports = import("tsx").then(() => import("./index.ts"));
