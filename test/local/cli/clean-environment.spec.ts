import { randomUUID } from "node:crypto";
import { readFile, readdir } from "node:fs/promises";
import { CreateFunctionCommand, InvokeCommand, LambdaClient } from "@aws-sdk/client-lambda";
import { expect } from "chai";
import { startDeployProcess } from "../../../local/deploy/deploy-apart.ts";
import { clientSettings } from "../../support/client-settings.ts";
import { untilMet } from "../../support/until-met.ts";
import { zipOf } from "../lambda/start-lambda.ts";
import { endpointOf, startCli } from "./start-cli.ts";

/** Looks for a text wherever a function could find the settings of the shell. */
const search = `
  import { execFileSync } from "node:child_process";
  import { readdirSync, readFileSync } from "node:fs";
  export const handler = ({ text }) => {
    const read = (path) => { try { return readFileSync(path, "utf8"); } catch { return ""; } };
    const places = readdirSync("/proc").filter((name) => /^\\d+$/.test(name))
      .flatMap((pid) => ["/proc/" + pid + "/environ", "/proc/" + pid + "/cmdline"]);
    const found = [...places, "/proc/self/environ"].filter((path) => read(path).includes(text));
    if (JSON.stringify(process.env).includes(text)) found.push("process.env");
    if (execFileSync(process.execPath, ["-p", "JSON.stringify(process.env)"]).includes(text))
      found.push("a child process");
    return found;
  };`;

describe("the environment of the embedded cloud", function () {
  this.timeout(60_000);

  const isLinux = process.platform === "linux";
  const secret = randomUUID();
  const shell = {
    AWS_ACCESS_KEY_ID: `AKIA${secret}`,
    AWS_SECRET_ACCESS_KEY: secret,
    AWS_SESSION_TOKEN: secret,
    HTTPS_PROXY: `http://me:${secret}@127.0.0.1:9`,
    npm_config_https_proxy: `http://me:${secret}@127.0.0.1:9`,
    GITHUB_TOKEN: secret,
    SOME_PASSWORD: secret,
    NODE_OPTIONS: `--title=${secret}`,
  };
  const withoutExecve = ["--import", "data:text/javascript,process.execve = undefined"];

  async function found(endpoint: string): Promise<unknown> {
    const lambda = new LambdaClient(clientSettings(endpoint));
    await lambda.send(
      new CreateFunctionCommand({
        ...{ FunctionName: "search", Handler: "index.handler", Runtime: "nodejs24.x", Timeout: 20 },
        Role: "arn:aws:iam::000000000000:role/none",
        Code: { ZipFile: zipOf(search) },
      }),
    );
    const { Payload } = await lambda.send(
      new InvokeCommand({ FunctionName: "search", Payload: JSON.stringify({ text: secret }) }),
    );
    return JSON.parse(Payload?.transformToString() ?? "");
  }

  it("has nothing of the user's shell for a function to find", async function () {
    if (!isLinux) this.skip();
    const cli = startCli(["--port", "0", "--no-deploy"], shell);
    expect(await found(endpointOf(await cli.ready))).to.deep.equal([]);
    cli.kill("SIGTERM");
    expect((await cli.exited).code).to.equal(0);
  });

  it("is clean also where a process cannot be replaced, but for the one above it", async function () {
    if (!isLinux) this.skip();
    const cli = startCli(["--port", "0", "--no-deploy"], shell, withoutExecve);
    const places = (await found(endpointOf(await cli.ready))) as string[];
    expect(new Set(places.map((place) => place.split("/")[2]))).to.deep.equal(
      new Set([String(cli.pid)]),
    );
    cli.kill("SIGTERM");
    expect(await cli.exited).to.deep.include({ code: 0, stderr: "" });
  });

  it("leaves nothing running when the process above it is killed", async () => {
    const cli = startCli(["--port", "0", "--no-deploy"], shell, withoutExecve);
    const endpoint = endpointOf(await cli.ready);
    cli.kill("SIGKILL");
    await untilMet("The cloud to be gone", () =>
      fetch(`${endpoint}/_localstack/health`).then(
        () => undefined,
        () => true,
      ),
    );
  });

  it("passes exit codes on, with the options and Node's own", async () => {
    for (const nodeOptions of [[], withoutExecve]) {
      const cli = startCli(["--port", "none"], shell, nodeOptions);
      expect(await cli.exited).to.deep.equal({
        code: 3,
        stdout: "",
        stderr: "--port none is not a port: give a number from 0 to 65535.\n",
      });
    }
  });

  it("is clean in the process that deploys", async function () {
    if (!isLinux) this.skip();
    const name = "OUTAGE_DRILL_TEST_SECRET";
    process.env[name] = secret;
    const deployment = startDeployProcess();
    try {
      const environment = await untilMet("The environment of the process", async () => {
        const tasks = await readdir("/proc/self/task");
        const files = tasks.map((task) => readFile(`/proc/self/task/${task}/children`, "utf8"));
        for (const pid of (await Promise.all(files)).join(" ").split(" ").filter(Boolean)) {
          const command = await readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => "");
          if (command.includes("deploy-process")) return readFile(`/proc/${pid}/environ`, "utf8");
        }
        return undefined;
      });
      expect(environment).to.contain("PATH=").and.not.to.contain(secret);
    } finally {
      Reflect.deleteProperty(process.env, name);
      await deployment.close();
    }
  });
});
