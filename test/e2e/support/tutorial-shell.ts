import { fileURLToPath } from "node:url";
import { expect } from "chai";
import { runProcess } from "./run-process.ts";

const root = fileURLToPath(new URL("../../../", import.meta.url));
const apiHost = "12345.execute-api.localhost.localstack.cloud";

/** The two programs of the tutorial's commands, sent to a cloud on any port and without DNS. */
export function tutorialShell(endpoint: string) {
  const { port } = new URL(endpoint);
  const url = `http://${apiHost}:${port}/dev/productApi`;
  const curl = async (...args: string[]): Promise<string> => {
    const resolve = `${apiHost}:${port}:127.0.0.1`;
    const result = await runProcess("curl", [
      "--silent",
      "--show-error",
      "--resolve",
      resolve,
      "--location",
      ...args,
    ]);
    expect(result.exitCode, result.stderr).to.equal(0);
    return result.stdout;
  };
  return {
    /** `curl --location URL --header … --data …` */
    post: (product: object): Promise<string> =>
      curl(url, "--header", "Content-Type: application/json", "--data", JSON.stringify(product)),
    /** `curl --location URL?id=ID`, with the status behind the body. */
    get: (id: string): Promise<string> => curl(`${url}?id=${id}`, "--write-out", " %{http_code}"),
    /** `awslocal …`: exit code, and what it wrote. */
    aws: (...args: string[]) =>
      runProcess("aws", [`--endpoint-url=${endpoint}`, ...args], {
        env: {
          AWS_ACCESS_KEY_ID: "test",
          AWS_SECRET_ACCESS_KEY: "test",
          AWS_DEFAULT_REGION: "us-east-1",
          AWS_MAX_ATTEMPTS: "2",
          AWS_PAGER: "",
        },
      }),
    /** The same, of a command that must succeed, as JSON. */
    async awsJson(...args: string[]): Promise<Record<string, unknown>> {
      const { exitCode, stdout, stderr } = await this.aws(...args);
      expect(exitCode, stderr).to.equal(0);
      return JSON.parse(stdout) as Record<string, unknown>;
    },
    /** `file://` of one of the tutorial's two templates. */
    template: (name: string): string => `file://${root}infra/tutorial/${name}`,
  };
}

export type TutorialShell = ReturnType<typeof tutorialShell>;

/** Whether all of `shown`, which leaves out ids and times, is in `real`. */
export function expectToShow(real: unknown, shown: unknown, path = "output"): void {
  if (typeof shown !== "object" || shown === null) {
    expect(real, path).to.equal(shown);
    return;
  }
  expect(real, path).to.be.an(Array.isArray(shown) ? "array" : "object");
  if (Array.isArray(shown)) expect(real, path).to.have.length(shown.length);
  for (const [name, member] of Object.entries(shown))
    expectToShow((real as Record<string, unknown>)[name], member, `${path}.${name}`);
}
