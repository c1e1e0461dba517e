// JavaScript, because it must run in a Node.js that runs no TypeScript, and without any package.
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { isNodeNewEnough, tooOldNode } from "./needed-node.js";

/**
 * Why no command can run, in one sentence that says what to do; `undefined` when one can. A checkout
 * needs what `npm ci` installs, Node.js 24 among it; where the package is installed, npm has seen to that.
 *
 * @param {string} [root] folder of the project, or of the package
 * @param {string} [version] of Node.js
 * @returns {string | undefined}
 */
export function whyNotReady(
  root = fileURLToPath(new URL("..", import.meta.url)),
  version = process.versions.node,
) {
  // npm packs no lock file.
  const isCheckout = existsSync(join(root, "package-lock.json"));
  const missing = isCheckout ? missingPackage(root) : undefined;
  if (missing !== undefined)
    return `The packages of this project are not installed (${missing} is missing): run npm ci first, in ${root}.`;
  if (isNodeNewEnough(version)) return undefined;
  return isCheckout
    ? `This is Node.js ${version}, which does not run this project: start it with npm run or npx, which use the Node.js 24 that npm ci has installed.`
    : tooOldNode(version);
}

/**
 * @param {string} root
 * @returns {string | undefined} the first package that is not there
 */
function missingPackage(root) {
  const { dependencies = {}, devDependencies = {} } = JSON.parse(
    readFileSync(join(root, "package.json"), "utf8"),
  );
  const needed = [...Object.keys(dependencies), ...("node" in devDependencies ? ["node"] : [])];
  return needed.find((name) => !isInstalled(root, name));
}

/**
 * As Node.js looks for it: in this folder and in those above.
 *
 * @param {string} folder
 * @param {string} name
 * @returns {boolean}
 */
function isInstalled(folder, name) {
  if (existsSync(join(folder, "node_modules", name, "package.json"))) return true;
  const above = dirname(folder);
  return above !== folder && isInstalled(above, name);
}
