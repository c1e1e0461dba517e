import { expect } from "chai";
import { toSigningName } from "../../../local/faults/service-name.ts";

describe("toSigningName", () => {
  const cases: [written: string, signingName: string][] = [
    ["dynamodb", "dynamodb"],
    ["DynamoDB", "dynamodb"],
    ["DynamoDBStreams", "dynamodb"],
    ["APIGateway", "apigateway"],
    ["api-gateway", "apigateway"],
    ["ApiGatewayV2", "apigateway"],
    ["cloudwatch", "monitoring"],
    ["stepfunctions", "states"],
    ["lambda", "lambda"],
    ["constructor", "constructor"],
  ];
  for (const [written, signingName] of cases)
    it(`reads ${written} as ${signingName}`, () => {
      expect(toSigningName(written)).to.equal(signingName);
    });
});
