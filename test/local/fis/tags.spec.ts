import {
  ListTagsForResourceCommand,
  TagResourceCommand,
  UntagResourceCommand,
} from "@aws-sdk/client-fis";
import { expect } from "chai";
import { rejection } from "./rejection.ts";
import { startFis, type StartedFis } from "./start-fis.ts";
import { startTemplate } from "./start-template.ts";
import { templateInput } from "./template-input.ts";

describe("FIS tags", () => {
  let fis: StartedFis;
  let arns: string[];
  beforeEach(async () => {
    fis = await startFis();
    const nothing = { nothing: { actionId: "localstack:do-nothing" } };
    const input = templateInput(nothing, { tags: { team: "products" } });
    const { id, experimentTemplateId = "" } = await startTemplate(fis.client, input);
    arns = [`experiment-template/${experimentTemplateId}`, `experiment/${id}`].map(
      (resource) => `arn:aws:fis:us-east-1:000000000000:${resource}`,
    );
  });
  afterEach(() => fis[Symbol.asyncDispose]());

  async function tagsOf(resourceArn: string) {
    return (await fis.client.send(new ListTagsForResourceCommand({ resourceArn }))).tags;
  }

  it("can be set, changed and taken away on templates and experiments", async () => {
    for (const resourceArn of arns) {
      await fis.client.send(new TagResourceCommand({ resourceArn, tags: { a: "1", b: "2" } }));
      await fis.client.send(new TagResourceCommand({ resourceArn, tags: { b: "3" } }));
      await fis.client.send(new UntagResourceCommand({ resourceArn, tagKeys: ["a", "team"] }));
      expect(await tagsOf(resourceArn)).to.deep.equal({ b: "3" });
    }
  });

  it("of a template do not go over to its experiments", async () => {
    expect(await Promise.all(arns.map(tagsOf))).to.deep.equal([{ team: "products" }, {}]);
  });

  it("stay as they were when there would be more than 50", async () => {
    const [resourceArn = ""] = arns;
    const tags = Object.fromEntries(
      Array.from({ length: 50 }, (_, index) => [`key-${String(index)}`, ""]),
    );
    const error = await rejection(fis.client.send(new TagResourceCommand({ resourceArn, tags })));
    expect(error).to.include({ name: "ValidationException" });
    expect(await tagsOf(resourceArn)).to.deep.equal({ team: "products" });
  });

  it("of what is not there are refused", async () => {
    const resourceArn = "arn:aws:fis:us-east-1:000000000000:experiment/EXPnone";
    expect(await rejection(tagsOf(resourceArn))).to.include({
      name: "ResourceNotFoundException",
      message: `Resource ${resourceArn} not found.`,
    });
  });
});
