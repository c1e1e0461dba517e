import { expect } from "chai";
import { startFis, type StartedFis } from "./start-fis.ts";
import {
  apiError,
  inject,
  injectApi,
  latency,
  target,
  template,
  wait,
  type Json,
} from "./template-body.ts";

const refused: [what: string, body: Json, message: string][] = [
  [
    "a parameter that is no string",
    apiError({ percentage: 100 }),
    "actions.fault.parameters.percentage must be a string, not 100.",
  ],
  [
    "an unknown parameter",
    apiError({ servce: "dynamodb" }),
    "Action fault (localstack:generic:api-error): unknown parameter servce; its parameters are: region, service, operation, api, apiCall, percentage, exception, errorCode, latency.",
  ],
  [
    "a percentage above 100",
    apiError({ percentage: "101" }),
    'Action fault (localstack:generic:api-error): percentage must be a number from 0 to 100, not "101".',
  ],
  [
    "a percentage below 0",
    apiError({ percentage: "-1" }),
    'Action fault (localstack:generic:api-error): percentage must be a number from 0 to 100, not "-1".',
  ],
  [
    "an empty percentage",
    apiError({ percentage: "" }),
    'Action fault (localstack:generic:api-error): percentage must be a number from 0 to 100, not "".',
  ],
  [
    "an error code that is no error",
    apiError({ errorCode: "200" }),
    'Action fault (localstack:generic:api-error): errorCode must be a whole number from 400 to 599, not "200".',
  ],
  [
    "an error code that is no number",
    apiError({ errorCode: "0x1f4" }),
    'Action fault (localstack:generic:api-error): errorCode must be a whole number from 400 to 599, not "0x1f4".',
  ],
  [
    "a latency with a unit",
    apiError({ latency: "4s" }),
    'Action fault (localstack:generic:api-error): latency must be a number from 0 to 43200, not "4s".',
  ],
  [
    "an exception that no header can carry",
    apiError({ exception: "a\nb" }),
    'Action fault (localstack:generic:api-error): exception must match /^[A-Za-z0-9._:#-]+$/, not "a\nb".',
  ],
  [
    "two spellings that differ",
    apiError({ api: "PutItem", operation: "GetItem" }),
    "Action fault (localstack:generic:api-error): operation and api are two spellings of one parameter and contradict each other; give one.",
  ],
  [
    "a latency action without latency",
    latency({}),
    "Action fault (localstack:generic:latency): the parameter latencyMilliseconds is missing.",
  ],
  [
    "a negative latency",
    latency({ latencyMilliseconds: "-5" }),
    'Action fault (localstack:generic:latency): latencyMilliseconds must be a number from 0 to 43200000, not "-5".',
  ],
  [
    "a duration that is none",
    template({ actions: { x: wait("5m") } }),
    'Action x (aws:fis:wait): duration must be an ISO 8601 duration of at most 12 hours, such as PT5M, not "5m".',
  ],
  [
    "a duration above 12 hours",
    template({ actions: { x: wait("PT13H") } }),
    'Action x (aws:fis:wait): duration must be an ISO 8601 duration of at most 12 hours, such as PT5M, not "PT13H".',
  ],
  [
    "a role action without its duration",
    inject({ parameters: { service: "dynamodb", operations: "PutItem" } }),
    "Action fault (aws:fis:inject-api-unavailable-error): the parameter duration is missing.",
  ],
  [
    "a role action for all services",
    inject({ parameters: { ...injectApi.parameters, service: "all" } }),
    "Action fault (aws:fis:inject-api-unavailable-error): service must be one service, not all of them.",
  ],
  [
    "a role action at 0 percent",
    inject({ parameters: { ...injectApi.parameters, percentage: "0" } }),
    'Action fault (aws:fis:inject-api-unavailable-error): percentage must be a number from 1 to 100, not "0".',
  ],
  [
    "a role action without its target",
    inject({ targets: {} }),
    "Action fault (aws:fis:inject-api-unavailable-error): the target Roles is missing.",
  ],
  [
    "another target key",
    inject({ targets: { Clusters: "functions" } }),
    'Unexpected target "Clusters" found in action fault.',
  ],
  [
    "a target that is not there",
    inject({ targets: { Roles: "other" } }),
    "Action fault uses the target other, which is not there.",
  ],
  [
    "a target of another type",
    target({ resourceType: "aws:ec2:instance" }),
    "Action fault needs aws:iam:role as its target Roles, not aws:ec2:instance.",
  ],
  [
    "a target of a type that is not known",
    target({ resourceType: "aws:ec2:instances" }),
    "Target functions has an unknown resource type: aws:ec2:instances.",
  ],
  [
    "a target with ARNs and tags",
    target({ resourceTags: { a: "1" } }),
    "You cannot specify both resource ARNs and resource tags for target functions.",
  ],
  [
    "a target without ARNs and tags",
    target({ resourceArns: undefined }),
    "Target functions needs resource ARNs or resource tags.",
  ],
  [
    "a target by tag without IAM",
    target({ resourceArns: undefined, resourceTags: { a: "1" } }),
    "Target functions chooses roles by tag, which is not possible here; give resource ARNs.",
  ],
  [
    "too many ARNs",
    target({
      resourceArns: Array.from(
        { length: 6 },
        (_, index) => `arn:aws:iam::000000000000:role/${String(index)}`,
      ),
    }),
    "targets.functions.resourceArns must have at most 5 entries, not 6.",
  ],
  [
    "a target without a selection mode",
    target({ selectionMode: undefined }),
    "targets.functions.selectionMode is missing.",
  ],
  [
    "an unknown selection mode",
    target({ selectionMode: "SOME" }),
    "targets.functions.selectionMode must be ALL, COUNT(n) or PERCENT(n), with n from 1 on.",
  ],
  [
    "filters of roles",
    target({ filters: [{ path: "Name", values: ["x"] }] }),
    "Target functions: aws:iam:role takes no filters here.",
  ],
];

describe("FIS refuses actions with", () => {
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
});
