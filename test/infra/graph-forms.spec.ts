import { expect } from "chai";
import { UNKNOWN_VALUE } from "../../policy/evaluate/provider-state.ts";
import { recordProgram } from "../../policy/evaluate/record-program.ts";
import type { RecordedResource } from "../../policy/evaluate/recorded-resource.ts";

const PROGRAM_URL = new URL("../../index.ts", import.meta.url);

type Recording = Map<string, RecordedResource>;

async function record(
  stack: string,
  form: "preview" | "update" = "update",
  config?: Record<string, string>,
): Promise<Recording> {
  const preview = form === "preview";
  const resources = await recordProgram({ programUrl: PROGRAM_URL, stack, preview, config });
  return new Map(resources.map((resource) => [resource.name, resource]));
}

function find(recording: Recording, name: string): RecordedResource {
  const resource = recording.get(name);
  if (resource === undefined) throw new Error(`The program has no resource ${name}.`);
  return resource;
}

const names = (recording: Recording) => [...recording.keys()].sort();
const ADD_ON = { writeBuffer: "false" };

for (const stack of ["local", "aws"])
  describe(`the program on stack ${stack}`, function () {
    this.timeout(30_000);

    let update: Recording;
    let preview: Recording;

    before(async () => {
      update = await record(stack);
      preview = await record(stack, "preview");
    });

    it("declares in a preview what it declares in an update, under the same parents", () => {
      expect(names(preview)).to.deep.equal(names(update));
      for (const [name, { type, urn, parent, provider }] of update)
        expect(find(preview, name), name).to.include({ type, urn, parent, provider });
    });

    it("knows in a preview every input that needs no other resource", () => {
      for (const [name, { inputs, propertyDependencies }] of update) {
        const previewed = find(preview, name).inputs;
        expect(Object.keys(previewed), name).to.have.members(Object.keys(inputs));
        for (const [property, value] of Object.entries(inputs))
          if (propertyDependencies[property]?.length === 0)
            expect(previewed[property], `${name}.${property}`).to.deep.equal(value);
      }
    });

    it("needs no unknown for a physical name", () => {
      for (const [name, { inputs }] of preview)
        expect(JSON.stringify(inputs.name ?? ""), name).to.not.contain(UNKNOWN_VALUE);
    });

    it("declares the application alone without the add-on, and that unchanged", async () => {
      const alone = await record(stack, "update", ADD_ON);
      const added = names(update).filter((name) => !alone.has(name));
      const addOn = added.filter((name) => !name.startsWith("aws-experiments"));
      expect(names(alone).filter((name) => !update.has(name))).to.deep.equal([]);
      expect(addOn).to.deep.equal([
        "write-buffer",
        "write-buffer-dead-letter-queue",
        "write-buffer-dead-letter-queue-policy",
        "write-buffer-mapping",
        "write-buffer-queue",
        "write-buffer-queue-policy",
        "write-buffer-retry",
        "write-buffer-retry-function",
        "write-buffer-retry-logs",
        "write-buffer-retry-policy",
        "write-buffer-retry-role",
        "write-buffer-subscription",
        "write-buffer-topic",
      ]);
      const changed = names(alone).flatMap((name) =>
        Object.keys(find(alone, name).inputs)
          .filter((property) => !equal(find(alone, name), find(update, name), property))
          .map((property) => `${name}.${property}`),
      );
      expect(changed.filter((property) => !property.startsWith("aws-experiments"))).to.deep.equal([
        "product-api-add-function.environment",
        "product-api-add-policy.policy",
      ]);
      const previewed = await record(stack, "preview", ADD_ON);
      expect(names(previewed)).to.deep.equal(names(alone));
    });

    it("puts the children of each component under it", () => {
      for (const [component, children] of Object.entries(CHILDREN)) {
        const { urn } = find(update, component);
        const found = [...update.values()].filter(({ parent }) => parent === urn);
        expect(found.map(({ name }) => name).sort(), component).to.deep.equal(children);
      }
    });

    it("gives each component these outputs, and in a preview those that are known", () => {
      for (const [component, outputs] of Object.entries(OUTPUTS)) {
        expect(find(update, component).outputs, component).to.include(outputs);
        for (const [output, value] of Object.entries(outputs))
          expect(find(preview, component).outputs[output], `${component}.${output}`).to.equal(
            KNOWN_OUTPUTS.includes(output) ? value : UNKNOWN_VALUE,
          );
      }
    });
  });

function equal(left: RecordedResource, right: RecordedResource, property: string): boolean {
  return JSON.stringify(left.inputs[property]) === JSON.stringify(right.inputs[property]);
}

const FUNCTION = ["function", "logs", "policy", "role"];
const functionChildren = (name: string) => FUNCTION.map((suffix) => `${name}-${suffix}`);

const CHILDREN: Record<string, string[]> = {
  "product-table": ["product-table-table"],
  "product-api": [
    "product-api-add",
    "product-api-deployment",
    "product-api-get",
    "product-api-get-integration",
    "product-api-get-method",
    "product-api-get-permission",
    "product-api-post-integration",
    "product-api-post-method",
    "product-api-post-permission",
    "product-api-resource",
    "product-api-rest-api",
    "product-api-stage",
  ],
  "product-api-add": functionChildren("product-api-add"),
  "product-api-get": functionChildren("product-api-get"),
  "write-buffer": [
    "write-buffer-dead-letter-queue",
    "write-buffer-dead-letter-queue-policy",
    "write-buffer-mapping",
    "write-buffer-queue",
    "write-buffer-queue-policy",
    "write-buffer-retry",
    "write-buffer-subscription",
    "write-buffer-topic",
  ],
  "write-buffer-retry": functionChildren("write-buffer-retry"),
  "experiment-templates": [],
};

const ACCOUNT = "us-east-1:123456789012";
const QUEUES = "https://sqs.us-east-1.amazonaws.com/123456789012";

const OUTPUTS: Record<string, Record<string, string>> = {
  "product-table": {
    tableName: "Products",
    tableArn: `arn:aws:dynamodb:${ACCOUNT}:table/Products`,
  },
  "write-buffer": {
    topicArn: `arn:aws:sns:${ACCOUNT}:ProductEventsTopic`,
    queueUrl: `${QUEUES}/ProductEventsQueue`,
    deadLetterQueueUrl: `${QUEUES}/ProductEventsDeadLetterQueue`,
  },
  "write-buffer-retry": {
    functionName: "process-product-events",
    functionArn: `arn:aws:lambda:${ACCOUNT}:function:process-product-events`,
  },
};

const KNOWN_OUTPUTS = ["tableName", "functionName"];
