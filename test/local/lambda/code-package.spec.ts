import { CreateFunctionCommand } from "@aws-sdk/client-lambda";
import { expect } from "chai";
import { strToU8, type Zippable, zipSync } from "fflate";
import { failureOf } from "../../support/failure-of.ts";
import { longestWait } from "../../support/longest-wait.ts";
import { type StartedLambda, startLambda } from "./start-lambda.ts";

describe("A function's zip file", () => {
  let cloud: StartedLambda;
  before(async () => (cloud = await startLambda()));
  after(() => cloud.close());

  const handler = strToU8("export const handler = () => 1;");
  const zip = (others: Zippable): Uint8Array => zipSync({ "index.mjs": handler, ...others });
  const byte = strToU8("x");
  const sentence =
    "Could not unzip uploaded file. Please check your file, then try to upload again.";

  const refused: readonly [string, Uint8Array, string?][] = [
    ["a NUL in a name", zip({ "a\0b": byte })],
    ["a name of 300 characters", zip({ ["a".repeat(300)]: byte })],
    ["a path of 60,000 characters", zip({ ["a/".repeat(30_000) + "b"]: byte })],
    ["a file with the name of a folder", zip({ a: byte, "a/b": byte })],
    ["a file with the name of a folder's folder", zip({ a: byte, "a/b/": new Uint8Array() })],
    ["a path above", zip({ "../outside.mjs": byte })],
    ["a path above within", zip({ "a/../../outside.mjs": byte })],
    ["an absolute path", zip({ "/etc/outside": byte })],
    ["a path of Windows", zip({ "..\\outside.mjs": byte })],
    ["a symbolic link", zip({ link: [strToU8("/etc/passwd"), { os: 3, attrs: 0o120777 << 16 }] })],
    ["no end", zip({}).subarray(0, -10)],
    ["bytes that are none", strToU8("no zip")],
    ["a damaged file", damage(zip({ big: [strToU8("content".repeat(99)), { level: 0 }] }))],
    ["more than its entry says", understate(zip({ big: new Uint8Array(10_000_000) }))],
    ["no files", zipSync({}), "Uploaded file must be a non-empty zip"],
    [
      "300 MB inside",
      zipSync(
        Object.fromEntries(
          [1, 2, 3].map((n) => [`bomb-${String(n)}`, [new Uint8Array(100 << 20), { level: 1 }]]),
        ) as Zippable,
      ),
      "Unzipped size must be smaller than 262144000 bytes",
    ],
  ];
  for (const [what, ZipFile, message = sentence] of refused)
    it(`is refused with ${what}`, async () => {
      const waitedMs = await longestWait(cloud.endpoint, async () => {
        const failure = await failureOf(cloud.create("", { Code: { ZipFile } }));
        expect(failure.name).to.equal("InvalidParameterValueException");
        expect(failure.message).to.equal(message);
        expect(failure.$metadata?.httpStatusCode).to.equal(400);
      });
      expect(waitedMs).to.be.below(1_000);
    });

  it("may have folders, and files that are stored as they are", async () => {
    const ZipFile = zipSync({
      "a/": new Uint8Array(),
      "a/b.mjs": [strToU8("export const b = 2;"), { level: 0 }],
      "index.mjs": strToU8('import { b } from "./a/b.mjs"; export const handler = () => b;'),
    });
    expect((await cloud.invoke(await cloud.create("", { Code: { ZipFile } }))).payload).to.equal(2);
  });

  it("of 45 MB keeps nobody waiting", async () => {
    const ZipFile = zip({ big: [noise(45 << 20), { level: 0 }] });
    const command = new CreateFunctionCommand({
      FunctionName: "large",
      Runtime: "nodejs24.x",
      Role: "arn:aws:iam::000000000000:role/any",
      Handler: "index.handler",
      Code: { ZipFile },
    });
    await cloud.client.send(command);
    expect((await cloud.invoke("large")).payload).to.equal(1);
  }).timeout(60_000);
});

function noise(bytes: number): Uint8Array {
  const content = Buffer.alloc(bytes);
  for (let at = 0, state = 1; at < bytes; at += 4) {
    state = (Math.imul(state, 1664525) + 1013904223) | 0;
    content.writeInt32LE(state, at);
  }
  return content;
}

function damage(zip: Uint8Array): Uint8Array {
  const at = Buffer.from(zip).indexOf("content");
  const damaged = Uint8Array.from(zip);
  damaged[at] = 0;
  return damaged;
}

/** Says of the last entry that it holds one byte only. */
function understate(zip: Uint8Array): Uint8Array {
  const changed = Buffer.from(zip);
  const entry = changed.lastIndexOf("PK\u0001\u0002");
  changed.writeUInt32LE(1, entry + 24);
  return changed;
}
