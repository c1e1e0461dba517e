export { version } from "../command-line/version.ts";
