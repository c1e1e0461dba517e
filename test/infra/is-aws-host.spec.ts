import { expect } from "chai";
import { isAwsHost } from "../../infra/is-aws-host.ts";

describe("isAwsHost", () => {
  const own = [
    "dynamodb.us-east-1.amazonaws.com",
    "dynamodb.cn-north-1.amazonaws.com.cn",
    "dynamodb.us-east-1.api.aws",
    "dynamodb.cn-north-1.api.amazonwebservices.com.cn",
    "dynamodb.eusc-de-east-1.amazonaws.eu",
    "dynamodb.us-iso-east-1.c2s.ic.gov",
    "DynamoDB.us-east-1.AmazonAWS.com",
    "dynamodb.us-east-1.amazonaws.com.",
    "abc.execute-api.us-east-1.amazonaws.com",
  ];
  const others = [
    "127.0.0.1",
    "localhost",
    "12345.execute-api.localhost.localstack.cloud",
    "dynamodb.us-east-1.amazonaws.com.example",
    "myamazonaws.com",
    "notapi.aws",
  ];

  for (const hostname of own)
    it(`takes ${hostname} for AWS`, () => {
      expect(isAwsHost(hostname)).to.be.true;
    });

  for (const hostname of others)
    it(`does not take ${hostname} for AWS`, () => {
      expect(isAwsHost(hostname)).to.be.false;
    });
});
