import { expect } from "chai";
import { startFis, type StartedFis } from "./start-fis.ts";
import { template, wait, type Json } from "./template-body.ts";

const refused: [what: string, body: Json, message: string][] = [
  ["no description", template({ description: undefined }), "description is missing."],
  [
    "a description that is too long",
    template({ description: "x".repeat(513) }),
    "description must have at most 512 characters, not 513.",
  ],
  [
    "a role ARN that is too short",
    template({ roleArn: "arn:aws:iam" }),
    "roleArn must have at least 20 characters, not 11.",
  ],
  ["no stop conditions", template({ stopConditions: undefined }), "stopConditions is missing."],
  [
    "an unknown source of a stop condition",
    template({ stopConditions: [{ source: "alarm" }] }),
    'The source of a stop condition must be none or aws:cloudwatch:alarm, not "alarm".',
  ],
  [
    "an alarm without its ARN",
    template({ stopConditions: [{ source: "aws:cloudwatch:alarm" }] }),
    "A stop condition with the source aws:cloudwatch:alarm needs the ARN of an alarm as its value.",
  ],
  [
    "a member that is not there",
    template({ stopCondition: [] }),
    "The request body has a member that is not known: stopCondition.",
  ],
  [
    "several accounts",
    template({ experimentOptions: { accountTargeting: "multi-account" } }),
    'experimentOptions.accountTargeting must be single-account, not "multi-account".',
  ],
  ["no action", template({ actions: {} }), "A template needs at least one action."],
  ["actions in a list", template({ actions: [] }), "actions must be an object, not []."],
  ["an action without its id", template({ actions: { x: {} } }), "actions.x.actionId is missing."],
  [
    "a tag of AWS's own",
    template({ tags: { "aws:x": "1" } }),
    "tags.aws:x has a name that cannot be used: it must not begin with aws:.",
  ],
  [
    "more than 50 tags",
    template({
      tags: Object.fromEntries(Array.from({ length: 51 }, (_, index) => [`k${String(index)}`, ""])),
    }),
    "tags must have at most 50 entries.",
  ],
  [
    "an action after one that is not there",
    template({ actions: { x: wait("PT1M", ["y"]) } }),
    "Action x starts after y, which is not there.",
  ],
  [
    "an action after one that never ends",
    template({
      actions: { x: { actionId: "localstack:generic:api-error" }, y: wait("PT1M", ["x"]) },
    }),
    "Action y starts after x, which runs until the experiment is stopped.",
  ],
  [
    "a circle",
    template({ actions: { x: wait("PT1M", ["y"]), y: wait("PT1M", ["x"]), z: wait("PT1M") } }),
    "The actions x, y wait for each other in a circle; take one startAfter out.",
  ],
];

describe("FIS refuses", () => {
  let fis: StartedFis;
  before(async () => {
    fis = await startFis();
  });
  after(() => fis[Symbol.asyncDispose]());

  for (const [what, body, message] of refused)
    it(what, async () => {
      expect(await fis.send("POST", "/experimentTemplates", body)).to.deep.equal({
        status: 400,
        body: { message },
      });
    });

  it("more than 20 actions", async () => {
    const actions = Object.fromEntries(
      Array.from({ length: 21 }, (_, index) => [`wait ${String(index)}`, wait("PT1M")]),
    );
    expect(await fis.send("POST", "/experimentTemplates", template({ actions }))).to.deep.equal({
      status: 402,
      body: { message: "A template can have 20 actions, not more." },
    });
  });

  const others: [method: string, path: string, body: unknown, message: string][] = [
    ["POST", "/experimentTemplates", "{", "The request body is not valid JSON."],
    ["POST", "/experimentTemplates", "[]", "The request body must be a JSON object."],
    ["POST", "/experiments", {}, "experimentTemplateId is missing."],
    [
      "GET",
      "/actions?maxResults=0",
      undefined,
      "maxResults must be a whole number from 1 to 100, not 0.",
    ],
    [
      "GET",
      "/experiments?maxResults=101",
      undefined,
      "maxResults must be a whole number from 1 to 100, not 101.",
    ],
    [
      "GET",
      "/experimentTemplates?nextToken=x",
      undefined,
      "nextToken must be one that this operation has answered.",
    ],
  ];
  for (const [method, path, body, message] of others)
    it(`${method} ${path} with ${String(JSON.stringify(body))}`, async () => {
      expect(await fis.send(method, path, body)).to.deep.equal({ status: 400, body: { message } });
    });
});
