import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import { readSettings } from "../../infra/settings.ts";

const COMPLETE = {
  region: "us-east-1",
  restApiCustomId: "12345",
  stageName: "dev",
  functionRuntime: "nodejs24.x",
  writeBuffer: "true",
  deletionProtection: "false",
  logRetentionDays: "30",
  awsExperimentTemplates: "false",
  lambdaFaults: "false",
  faultDurationMinutes: "5",
};

describe("readSettings", () => {
  const read = (overrides: Record<string, string | undefined> = {}) => {
    const entries = Object.entries({ ...COMPLETE, ...overrides }).flatMap(([key, value]) =>
      value === undefined ? [] : [[`settings-spec:${key}`, value] as const],
    );
    pulumi.runtime.setAllConfig(Object.fromEntries(entries));
    return readSettings(new pulumi.Config("settings-spec"));
  };

  it("takes no endpoint for AWS itself", () => {
    expect(read().emulator).to.equal(undefined);
    expect(read({ endpoint: "", accessKey: "", secretKey: "" }).emulator).to.equal(undefined);
  });

  it("has experiments of AWS's own actions only where they are asked for", () => {
    const layer = "arn:aws:lambda:us-east-1:211125607513:layer:aws-fis-extension-x86_64:9";
    expect(read().awsExperiments).to.equal(undefined);
    expect(read({ awsExperimentTemplates: "true" }).awsExperiments).to.deep.equal({
      faultDurationMinutes: 5,
      extensionLayerArn: undefined,
    });
    expect(
      read({
        awsExperimentTemplates: "true",
        lambdaFaults: "true",
        fisExtensionLayerArn: layer,
      }).awsExperiments,
    ).to.deep.equal({ faultDurationMinutes: 5, extensionLayerArn: layer });
  });

  it("refuses what an experiment cannot be", () => {
    expect(() => read({ lambdaFaults: "true" })).to.throw(
      "Configuration lambdaFaults is for the templates of AWS: set awsExperimentTemplates to true as well.",
    );
    expect(() => read({ awsExperimentTemplates: "true", lambdaFaults: "true" })).to.throw(
      'Configuration lambdaFaults needs fisExtensionLayerArn, the ARN of a layer version, not "": Pulumi.yaml says where to find it.',
    );
    for (const faultDurationMinutes of ["0", "716", "1.5"])
      expect(() => read({ awsExperimentTemplates: "true", faultDurationMinutes })).to.throw(
        "Configuration faultDurationMinutes must be a whole number from 1 to 715.",
      );
  });

  it("drops the endpoint's trailing slash", () => {
    const keys = { accessKey: "test", secretKey: "test" };
    expect(read({ endpoint: "http://localhost:4566/", ...keys }).emulator).to.deep.equal({
      endpoint: "http://localhost:4566",
      ...keys,
    });
  });

  const refused: [string, Record<string, string | undefined>, RegExp][] = [
    [
      "keys without an endpoint",
      { accessKey: "test", secretKey: "test" },
      /^Configuration accessKey and secretKey are for an emulated AWS/,
    ],
    [
      "an endpoint without keys",
      { endpoint: "http://localhost:4566" },
      /^Configuration endpoint needs accessKey and secretKey/,
    ],
    [
      "a real key with an endpoint",
      { endpoint: "http://localhost:4566", accessKey: "AKIAIOSFODNN7EXAMPLE", secretKey: "x" },
      /^Configuration accessKey is a real AWS key/,
    ],
    [
      "an endpoint that is no URL",
      { endpoint: "localhost", accessKey: "test", secretKey: "test" },
      /^Configuration endpoint is not an HTTP URL: localhost/,
    ],
    [
      "an endpoint without a scheme",
      { endpoint: "localhost:4566", accessKey: "test", secretKey: "test" },
      /^Configuration endpoint is not an HTTP URL: localhost:4566\./,
    ],
    ...[
      "https://dynamodb.us-east-1.amazonaws.com",
      "https://dynamodb.cn-north-1.amazonaws.com.cn",
      "https://dynamodb.us-east-1.api.aws",
    ].map((endpoint): [string, Record<string, string>, RegExp] => [
      `the endpoint ${endpoint}`,
      { endpoint, accessKey: "test", secretKey: "test" },
      /^Configuration endpoint is AWS itself/,
    ]),
    ["a missing region", { region: undefined }, /settings-spec:region/],
    [
      "a switch that is neither true nor false",
      { writeBuffer: "maybe" },
      /settings-spec:writeBuffer/,
    ],
  ];
  for (const [name, overrides, message] of refused)
    it(`refuses ${name}`, () => {
      expect(() => read(overrides)).to.throw(message);
    });
});
