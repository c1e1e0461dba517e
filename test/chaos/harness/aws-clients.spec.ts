import { ListTablesCommand } from "@aws-sdk/client-dynamodb";
import { ListExperimentsCommand } from "@aws-sdk/client-fis";
import { GetQueueAttributesCommand } from "@aws-sdk/client-sqs";
import { expect } from "chai";
import { createServer } from "node:http";
import type { IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { awsClients } from "../../../chaos/harness/aws-clients.ts";

/** A user's shell at its worst: a real account's profile, other endpoints, a proxy. */
const shell = {
  AWS_PROFILE: "production",
  AWS_ACCESS_KEY_ID: "AKIAREALREALREALREAL",
  AWS_SECRET_ACCESS_KEY: "real",
  AWS_SESSION_TOKEN: "real",
  AWS_REGION: "eu-central-1",
  AWS_DEFAULT_REGION: "eu-central-1",
  AWS_ENDPOINT_URL: "http://127.0.0.1:1",
  AWS_ENDPOINT_URL_SQS: "http://127.0.0.1:1",
  AWS_ENDPOINT_URL_FIS: "http://127.0.0.1:1",
  AWS_ENDPOINT_URL_DYNAMODB: "http://127.0.0.1:1",
  AWS_USE_FIPS_ENDPOINT: "true",
  AWS_USE_DUALSTACK_ENDPOINT: "true",
  AWS_ENABLE_ENDPOINT_DISCOVERY: "true",
  AWS_MAX_ATTEMPTS: "9",
  AWS_RETRY_MODE: "nonsense",
  AWS_DEFAULTS_MODE: "nonsense",
  AWS_ACCOUNT_ID_ENDPOINT_MODE: "required",
  AWS_AUTH_SCHEME_PREFERENCE: "sigv4a",
  HTTP_PROXY: "http://127.0.0.1:1",
  http_proxy: "http://127.0.0.1:1",
  NODE_USE_ENV_PROXY: "1",
};

describe("awsClients", () => {
  const before = { ...process.env };

  beforeEach(() => Object.assign(process.env, shell));

  afterEach(() => {
    for (const name of Object.keys(shell)) {
      if (before[name] === undefined) Reflect.deleteProperty(process.env, name);
      else process.env[name] = before[name];
    }
  });

  it("calls the endpoint with test credentials, whatever the shell says", async () => {
    const requests: IncomingHttpHeaders[] = [];
    const server = createServer((request, response) => {
      requests.push(request.headers);
      response.setHeader("content-type", "application/json").end("{}");
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const endpoint = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
    const { dynamodb, sqs, fis, close } = awsClients({ endpoint, region: "us-west-2" });
    try {
      await dynamodb.send(new ListTablesCommand({}));
      const QueueUrl = "http://sqs.us-west-2.localhost.localstack.cloud:4566/000000000000/Queue";
      await sqs.send(new GetQueueAttributesCommand({ QueueUrl }));
      await fis.send(new ListExperimentsCommand({}));
    } finally {
      close();
      server.close();
    }
    expect(requests).to.have.lengthOf(3);
    for (const { authorization, ...headers } of requests) {
      expect(authorization).to.match(/^AWS4-HMAC-SHA256 Credential=test\/\d+\/us-west-2\//);
      expect(headers).not.to.have.property("x-amz-security-token");
    }
  });
});
