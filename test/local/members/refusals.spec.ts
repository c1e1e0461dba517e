import { expect } from "chai";
import { type Cloud, startCloud } from "../../../local/cloud.ts";
import { type Member, parseMembers } from "../../../local/members/parse-members.ts";
import { classOf } from "./classify.ts";
import { everyOperation, membersOf } from "./models.ts";
import { createSender } from "./send-input.ts";

/** Members that SDK clients refuse to send without another package. */
const notSent = new Set(["events.PutEvents.EndpointId"]);
const refusal = /not supported here|does not serve|not emulated/;

describe("Members that are not served", () => {
  let cloud: Cloud;
  let sender: ReturnType<typeof createSender>;
  before(async () => {
    cloud = await startCloud();
    sender = createSender(cloud.endpoint);
  });
  after(async () => {
    sender.close();
    await cloud.close();
  });

  for (const { service, operation, table } of everyOperation()) {
    if (table.refuses === undefined) continue;

    it(`are refused by name in ${service}.${operation}`, async () => {
      for (const { path, input } of membersOf(service, operation)) {
        if (classOf(path, table) !== "refused" || isEmpty(input)) continue;
        if (notSent.has(`${service}.${operation}.${path}`)) continue;
        const failure = await sender.failure(service, operation, input);
        if (operation.startsWith("Head")) {
          // A HEAD is answered without a message; what is not there would be 404.
          expect(failure, path).to.have.nested.property("$metadata.httpStatusCode", 400);
          continue;
        }
        const { message } = failure;
        expect(message, path).to.match(refusal);
        expect(message, path).to.include(path.replaceAll("{}", "").split(".")[0]);
      }
    });

    it(`pass in ${service}.${operation} where they change nothing`, async () => {
      for (const { path, input } of defaultsOf(parseMembers(table.refuses ?? ""))) {
        const failure = await sender
          .failure(service, operation, input)
          .catch(() => new Error("taken"));
        expect(failure.message, path).not.to.match(refusal);
      }
    });
  }

  it("are refused in every form that CloudWatch reads", async () => {
    const post = async (headers: Record<string, string>, body: string) => {
      const response = await fetch(cloud.endpoint, {
        method: "POST",
        body,
        headers: {
          authorization:
            "AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/monitoring/aws4_request, SignedHeaders=host, Signature=0",
          ...headers,
        },
      });
      expect(response.status).to.equal(400);
      return response.text();
    };
    const form =
      "Action=PutMetricAlarm&Version=2010-08-01&AlarmName=a&Metrics.member.1.Expression=1";
    const urlEncoded = { "content-type": "application/x-www-form-urlencoded" };
    expect(await post(urlEncoded, form)).to.match(/Metrics\. It is not supported here/);
    const json = {
      "content-type": "application/x-amz-json-1.0",
      "x-amz-target": "GraniteServiceVersion20100801.PutMetricAlarm",
    };
    const body = '{"AlarmName":"a","Metrics":[{"Expression":"1"}]}';
    expect(await post(json, body)).to.match(/Metrics\. It is not supported here/);
  });

  it("do not hinder what tools send empty", async () => {
    const failure = await sender.failure("monitoring", "PutMetricAlarm", {
      AlarmName: "a",
      Metrics: [],
      EvaluationCriteria: {},
    });
    expect(failure.message).to.include("MetricName is missing");
  });
});

/** A structure without members of its own: there is no other value of it. */
function isEmpty(value: unknown): boolean {
  return typeof value === "object" && value !== null && Object.values(value).every(isEmpty);
}

type Wrap = (value: object) => object;

/** Inputs with the values that stand behind `=`, as the model types them. */
function defaultsOf(
  members: readonly Member[],
  prefix = "",
  wrap: Wrap = (value) => value,
): { path: string; input: object }[] {
  return members.flatMap(({ name, unless, children, ofMapValues }) => {
    const path = `${prefix}${name}`;
    if (children.length > 0)
      return defaultsOf(children, `${path}.`, (value) =>
        wrap({ [name]: ofMapValues ? { key: value } : value }),
      );
    return unless === undefined ? [] : [{ path, input: wrap({ [name]: typed(unless) }) }];
  });
}

function typed(text: string): unknown {
  if (text === "$account") return "000000000000";
  if (text === "true" || text === "false") return text === "true";
  return /^-?\d+$/.test(text) ? Number(text) : text;
}
