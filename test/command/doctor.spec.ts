import { once } from "node:events";
import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect } from "chai";
import { startCloud } from "../../local/cloud.ts";
import { outageDrill } from "./outage-drill.ts";

const project = fileURLToPath(new URL("../../", import.meta.url));
const workload = "export default { next() {}, effects() {}, send() {}, truth() {} };\n";

describe("outage-drill doctor", function () {
  this.timeout(60_000);

  let folder = "";

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "doctor-"));
  });

  afterEach(() => rm(folder, { recursive: true }));

  async function program(): Promise<void> {
    await cp(join(project, "test/command/programs/counter"), folder, { recursive: true });
  }

  async function file(name: string, text: string): Promise<void> {
    await mkdir(join(folder, name, ".."), { recursive: true });
    await writeFile(join(folder, name), text);
  }

  it("finds everything in place, and exits with 0", async () => {
    await program();
    await symlink(join(project, "node_modules"), join(folder, "node_modules"));
    await file("drill/workload.ts", workload);
    const { exitCode, output } = await outageDrill(["doctor"], folder);
    expect(output).to.contain(`✔ Node.js ${process.versions.node}.\n`);
    expect(output).to.contain("✔ Program: counter, index.ts.\n");
    expect(output).to.contain("✔ Workload: drill/workload.ts.\n");
    expect(output).to.match(/^[✔–] Pulumi CLI/m);
    expect(output).to.match(/^[✔–] AWS CLI/m);
    expect(output).to.match(/^[✔–] Docker/m);
    expect(output).to.match(/\n\nReady: npx outage-drill run\n$/);
    expect(exitCode).to.equal(0);
  });

  it("ends with a command that runs on the same program and workload, from here", async () => {
    await program();
    await symlink(join(project, "node_modules"), join(folder, "node_modules"));
    await file("chaos/workload.ts", workload);
    const inside = await outageDrill(["doctor"], folder);
    expect(inside.output).to.match(
      /\n\nReady: npx outage-drill run --workload chaos\/workload\.ts\n$/,
    );
    const name = basename(folder);
    const above = await outageDrill(["doctor", "--program", name], dirname(folder));
    expect(above.output).to.match(
      new RegExp(
        `\n\nReady: npx outage-drill run --program ${name} --workload ${name}/chaos/workload.ts\n$`,
      ),
    );
    await file("drill/workload.ts", workload);
    const usual = await outageDrill(["doctor", "--program", name], dirname(folder));
    expect(usual.output).to.match(
      new RegExp(`\n\nReady: npx outage-drill run --program ${name}\n$`),
    );
  });

  it("says what to do in an empty folder, and exits with 1", async () => {
    const { exitCode, output } = await outageDrill(["doctor"], folder);
    expect(output).to.match(/^✘ Program: There is no Pulumi\.yaml in .*: change to the folder/m);
    expect(output).to.match(
      /^✘ Workload: no drill\/workload\.ts in .*; npx outage-drill init drafts/m,
    );
    expect(output).to.match(/\n\n2 things to do\.\n$/);
    expect(exitCode).to.equal(1);
  });

  for (const [title, files, line] of [
    [
      "a program without its packages",
      {},
      /^✘ Program: index\.ts finds no @pulumi\/pulumi: run npm install in /m,
    ],
    [
      "a program of another runtime",
      { "Pulumi.yaml": "name: other\nruntime:\n  name: python\n" },
      /^✘ Program: other is of the runtime python, .* drill it with run --stack NAME\.$/m,
    ],
    [
      "a Pulumi.yaml that is not YAML",
      { "Pulumi.yaml": "name: [" },
      /^✘ Program: .*Pulumi\.yaml is not YAML: [^\n]*\.$/m,
    ],
    [
      "a Pulumi.yaml without a name",
      { "Pulumi.yaml": "runtime: nodejs\n" },
      /^✘ Program: .*Pulumi\.yaml describes no program: name /m,
    ],
    [
      "a main that does not exist",
      { "Pulumi.yaml": "name: other\nruntime: nodejs\nmain: src\n" },
      /^✘ Program: other has no entry module: write index\.ts in /m,
    ],
    [
      "a workload without a default export",
      { "drill/workload.ts": "export const workload = {};\n" },
      /^✘ Workload: drill\/workload\.ts has no default export/m,
    ],
    [
      "a workload that lacks functions",
      { "drill/workload.js": "export default { next() {}, send() {} };\n" },
      /^✘ Workload: drill\/workload\.js has no function effects and no truth\.$/m,
    ],
    [
      "a workload that cannot be loaded",
      { "drill/workload.mjs": "throw new Error('no network');\n" },
      /^✘ Workload: drill\/workload\.mjs cannot be loaded: no network$/m,
    ],
  ] as const)
    it(`names ${title}`, async () => {
      await program();
      for (const [name, text] of Object.entries(files)) await file(name, text);
      const { exitCode, output } = await outageDrill(["doctor"], folder);
      expect(output).to.match(line);
      expect(exitCode).to.equal(1);
    });

  it("names the open points of a draft", async () => {
    await program();
    await symlink(join(project, "node_modules"), join(folder, "node_modules"));
    await outageDrill(["init"], folder);
    const { exitCode, output } = await outageDrill(["doctor"], folder);
    expect(output).to.match(
      /^✘ Workload: drill\/workload\.ts has 4 open points: say the body of a write, [^\n]+\.$/m,
    );
    expect(exitCode).to.equal(1);
  });

  it("ends although the workload leaves a timer running", async () => {
    await file("workload.ts", `setInterval(() => undefined, 1000);\n${workload}`);
    const { output } = await outageDrill(["doctor", "--workload", "workload.ts"], folder);
    expect(output).to.contain("✔ Workload: workload.ts.\n");
  });

  it("names the cloud that answers at the port", async () => {
    const cloud = await startCloud({ port: 0 });
    try {
      const { port } = new URL(cloud.endpoint);
      const { output } = await outageDrill(["doctor", "--port", port], folder);
      expect(output).to.contain(`✔ Port ${port} on 127.0.0.1: an embedded cloud answers there.\n`);
    } finally {
      await cloud.close();
    }
  });

  it("names a port that something else has", async () => {
    const other = createServer((socket) => socket.end("no HTTP\n")).listen(0, "127.0.0.1");
    await once(other, "listening");
    try {
      const port = String((other.address() as AddressInfo).port);
      const { output } = await outageDrill(["doctor", "--port", port], folder);
      expect(output).to.match(
        new RegExp(`^– Port ${port} on 127\\.0\\.0\\.1 is taken, and not by`, "m"),
      );
    } finally {
      other.close();
    }
  });

  it("refuses a port that is none", async () => {
    expect(await outageDrill(["doctor", "--port", "x"], folder)).to.deep.equal({
      exitCode: 3,
      output: "--port x is not a port: give a number from 1 to 65535.\n",
    });
  });
});
