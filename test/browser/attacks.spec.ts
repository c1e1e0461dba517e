import {
  APIGatewayClient,
  CreateRestApiCommand,
  GetRestApisCommand,
} from "@aws-sdk/client-api-gateway";
import { IAMClient, ListRolesCommand } from "@aws-sdk/client-iam";
import { expect } from "chai";
import { startCloud, type Cloud } from "../../local/cloud.ts";
import { clientSettings } from "../support/client-settings.ts";
import { untilMet } from "../support/until-met.ts";
import { serveAttackPages, type AttackPages } from "./attack-pages.ts";
import { findChromium, openInChromium } from "./chromium.ts";

const createRole = (name: string) =>
  `/?${new URLSearchParams({
    ...{ Action: "CreateRole", Version: "2010-05-08", RoleName: name },
    AssumeRolePolicyDocument: JSON.stringify({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Principal: { Service: "lambda.amazonaws.com" },
          Action: "sts:AssumeRole",
        },
      ],
    }),
  }).toString()}`;

/** What each page does to `target`, the origin of a cloud. It creates something of its own name. */
const attacks: Record<string, (target: string) => string> = {
  fetch: (target) => `
    await fetch("${target}/restapis", { method: "POST", mode: "no-cors", body: '{"name":"fetch"}' })
      .catch(() => undefined);
    report("done");`,
  form: (target) => `
    document.body.innerHTML = '<iframe name="frame"></iframe>' +
      '<form method="post" enctype="text/plain" target="frame" action="${target}/restapis">' +
      '<input></form>';
    const input = document.querySelector("input");
    input.name = '{"name":"form","description":"'; input.value = '"}';
    document.querySelector("iframe").onload = () => report("done");
    document.querySelector("form").submit();`,
  image: (target) => `
    const image = new Image();
    image.onload = image.onerror = () => report("done");
    image.src = ${JSON.stringify(target + createRole("image"))};`,
  silent: (target) => `
    const image = new Image();
    image.referrerPolicy = "no-referrer";
    image.onload = image.onerror = () => report("done");
    image.src = ${JSON.stringify(target.replace(/\/\/[^:]+/, "//localhost.localstack.cloud") + createRole("silent"))};`,
  socket: (target) => `
    const socket = new WebSocket(${JSON.stringify(target.replace("http", "ws") + createRole("socket"))});
    socket.onopen = socket.onclose = () => report("done");`,
};
/** Reads, and is loaded from the cloud's own port: a name that was rebound. */
const rebound = `const answer = await fetch("/restapis"); report(await answer.text());`;

describe("a web page in a browser", function () {
  this.timeout(120_000);
  const chromium = findChromium();
  let cloud: Cloud;
  beforeEach(async function () {
    // Debian: apt-get install chromium.
    if (chromium === undefined) this.skip();
    cloud = await startCloud();
  });
  afterEach(async () => {
    if (chromium !== undefined) await cloud.close();
  });

  async function created(): Promise<string[]> {
    const settings = clientSettings(cloud.endpoint);
    const { items = [] } = await new APIGatewayClient(settings).send(new GetRestApisCommand({}));
    const { Roles = [] } = await new IAMClient(settings).send(new ListRolesCommand({}));
    return [...items.map(({ name }) => name ?? ""), ...Roles.map(({ RoleName = "" }) => RoleName)];
  }

  /** Loads the page of an attack and returns what it reported. */
  async function visit(pages: AttackPages, name: string, site: string): Promise<string> {
    const address = `http://${site}:${String(pages.port)}/${name}`;
    const browser = await openInChromium(chromium ?? "", address);
    try {
      return await pages.report(name);
    } finally {
      await browser.close();
    }
  }

  async function play(name: string, site: string, asProgram: boolean): Promise<void> {
    const front = await serveAttackPages(new Map(), { port: cloud.port, asProgram });
    const script = attacks[name]?.(`http://127.0.0.1:${String(front.port)}`) ?? "";
    const pages = await serveAttackPages(new Map([[name, script]]));
    try {
      expect(await visit(pages, name, site)).to.equal("done");
    } finally {
      await pages.close();
      await front.close();
    }
  }

  for (const name of Object.keys(attacks)) {
    for (const site of ["127.0.0.1", "evil.example"])
      it(`creates nothing: ${name} from ${site === "127.0.0.1" ? "another port" : "another site"}`, async () => {
        await play(name, site, false);
        expect(await created()).to.deep.equal([]);
      });

    it(`would create something without the gateway's checks: ${name}`, async () => {
      await play(name, "evil.example", true);
      await untilMet("What the page created", async () =>
        (await created()).includes(name) ? true : undefined,
      );
    });
  }

  for (const asProgram of [false, true])
    it(`${asProgram ? "would read without the gateway's checks" : "reads nothing"} by a rebound name`, async () => {
      const client = new APIGatewayClient(clientSettings(cloud.endpoint));
      await client.send(new CreateRestApiCommand({ name: "secret" }));
      const pages = await serveAttackPages(new Map([["rebound", rebound]]), {
        port: cloud.port,
        asProgram,
      });
      try {
        const read = await visit(pages, "rebound", "evil.example");
        if (asProgram) expect(read).to.contain("secret");
        else expect(read).to.contain("does not go by the name").and.not.to.contain("secret");
      } finally {
        await pages.close();
      }
    });
});
