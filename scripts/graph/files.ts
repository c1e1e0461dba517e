import { format, resolveConfig } from "prettier";
import { graphPage } from "./graph-page.ts";
import { resourceGraph } from "./resource-graph.ts";

const GOLDEN = new URL("../../test/infra/resource-graph.golden.json", import.meta.url);
const PAGE = new URL("../../docs/graph.md", import.meta.url);

/** A file that is made from the program. */
export interface GraphFile {
  readonly url: URL;
  readonly text: string;
}

/** @returns the golden file of the resource graph and the page with its picture, as they must be. */
export async function graphFiles(): Promise<{ golden: GraphFile; page: GraphFile }> {
  return {
    golden: { url: GOLDEN, text: await pretty(GOLDEN, JSON.stringify(await resourceGraph())) },
    page: { url: PAGE, text: await pretty(PAGE, await graphPage()) },
  };
}

async function pretty(url: URL, text: string): Promise<string> {
  const { pathname } = url;
  return format(text, { ...(await resolveConfig(pathname)), filepath: pathname });
}
