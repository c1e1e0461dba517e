// JavaScript, because it must run in the very versions that it is about.

/**
 * The oldest Node.js that the package runs on: from 22.18 on it runs a program's and a workload's
 * TypeScript unbuilt, and undici needs 22.19.
 */
export const neededNode = "22.19.0";

/** @param {string} version such as `22.19.0` */
export function isNodeNewEnough(version) {
  const [needed, found] = [neededNode, version].map((text) => text.split(".").map(Number));
  const first = needed.findIndex((part, index) => part !== found[index]);
  return first === -1 || found[first] > needed[first];
}

/**
 * One sentence on a Node.js that is too old, and what to do about it.
 *
 * @param {string} version
 */
export function tooOldNode(version) {
  return (
    `outage-drill needs Node.js ${neededNode.replace(/\.0$/, "")} or newer, and this is ${version}: ` +
    "install a newer one (https://nodejs.org), or let npm i -D node@24 bring one for this folder, " +
    "which npx outage-drill then runs on."
  );
}
