import { expect } from "chai";
import { spawnSync } from "node:child_process";
import { once } from "node:events";
import { stat, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { findChromium } from "../../browser/chromium.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";
import { renderSample, sampleHistory, sampleJournal } from "./sample-run.ts";

/** Runs headless Chromium on a page until it has loaded. */
function open(folder: string, page: string, ...options: readonly string[]): string {
  const command = findChromium() ?? "";
  const { status, stdout, stderr } = spawnSync(
    command,
    [
      ...["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"],
      ...["--no-first-run", "--disable-background-networking", "--hide-scrollbars"],
      ...[`--user-data-dir=${join(folder, "browser")}`, ...options, pathToFileURL(page).href],
    ],
    { encoding: "utf8", timeout: 90_000 },
  );
  if (status !== 0) throw new Error(`${command} failed:\n${stderr}`);
  return stdout;
}

describe("the report in a browser", function () {
  this.timeout(240_000);

  before(function () {
    // Debian has it as the package chromium.
    if (findChromium() === undefined) this.skip();
  });

  it("applies its style and script, draws all marks, and asks no server for anything", async () => {
    await using place = await temporaryFolder();
    const asked: string[] = [];
    const server = createServer((request, response) => {
      asked.push(request.url ?? "");
      response.end();
    }).listen(0, "127.0.0.1");
    await once(server, "listening");
    try {
      const { port } = server.address() as AddressInfo;
      const leak = `http://127.0.0.1:${String(port)}/leak`;
      const hostile = `</code></title><img src="${leak}"><script src="${leak}"></script><link rel=stylesheet href="${leak}">`;
      const journal = { ...sampleJournal(), title: hostile, hypothesis: hostile, seed: hostile };
      const page = join(place.path, "report.html");
      // Were a string of the run markup, the policy of the page would still keep it from being fetched.
      await writeFile(page, renderSample(journal).replace("</main>", `<img src="${leak}"></main>`));
      const dom = open(place.path, page, "--dump-dom");
      expect(dom).to.match(/<html lang="en" class="js">/);
      const paths = [...dom.matchAll(/class="mark [a-z]+" d="([^"]+)" data-about/g)];
      const marks = paths.reduce((sum, [, d = ""]) => sum + d.split("M").length - 1, 0);
      expect(marks).to.equal(sampleHistory.length);
      expect(dom.match(/<li class="anomaly"/g)).to.have.length(2);
      expect(asked).to.deep.equal([]);
    } finally {
      server.close();
    }
  });

  it("can be looked at on a desk, a phone and in the dark, and printed", async () => {
    await using place = await temporaryFolder();
    const page = join(place.path, "report.html");
    await writeFile(page, renderSample());
    const shots = {
      desk: ["1280,1000"],
      phone: ["390,844"],
      dark: ["1280,1000", "--blink-settings=preferredColorScheme=0"],
    };
    for (const [name, [size = "", ...options]] of Object.entries(shots)) {
      const file = join(place.path, `${name}.png`);
      open(place.path, page, `--window-size=${size}`, `--screenshot=${file}`, ...options);
      expect((await stat(file)).size, name).to.be.above(10_000);
    }
    const pdf = join(place.path, "page.pdf");
    open(place.path, page, "--no-pdf-header-footer", `--print-to-pdf=${pdf}`);
    expect((await stat(pdf)).size).to.be.above(10_000);
  });
});
