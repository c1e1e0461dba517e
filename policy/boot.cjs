// The Pulumi CLI requires a pack's main file, and the pack is made of modules. As a package they are
// JavaScript. Node.js 24 runs their TypeScript unbuilt; with tsx, so does the older one that Pulumi may find.
const { existsSync } = require("node:fs");

module.exports = existsSync(`${__dirname}/index.js`)
  ? import("./index.js")
  : import("tsx").then(() => import("./index.ts"));

// Started by a process that has gone, nobody would end it. Under the Pulumi CLI there is no such channel.
process.once("disconnect", () => process.exit());
