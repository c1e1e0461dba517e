/** Of every recorded resource. */
export const ACCOUNT = "123456789012";
export const REGION = "us-east-1";

/** Stands for an unknown value on Pulumi's wire (@pulumi/pulumi, runtime/rpc, unknownValue). */
export const UNKNOWN_VALUE = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

type Inputs = Readonly<Record<string, unknown>>;

/**
 * @returns what the AWS provider would answer beyond the inputs, as far as resources refer to one
 * another by it, in the forms of AWS (Service Authorization Reference, ARN formats).
 */
export function providerState(
  type: string,
  logicalName: string,
  inputs: Inputs,
): Record<string, string> {
  const name = typeof inputs.name === "string" ? inputs.name : `${logicalName}-4a5b6c7`;
  const known = COMPUTED[type]?.(name, inputs);
  if (known !== undefined) return { id: name, name, ...known };
  const service = /^aws:(\w+)\//.exec(type)?.[1] ?? "aws";
  return { id: `${logicalName}-4a5b6c7`, arn: arn(service, name) };
}

const arn = (service: string, resource: string) =>
  `arn:aws:${service}:${REGION}:${ACCOUNT}:${resource}`;

function lambdaFunction(name: string) {
  const functionArn = arn("lambda", `function:${name}`);
  const invoke = (target: string) =>
    `arn:aws:apigateway:${REGION}:lambda:path/2015-03-31/functions/${target}/invocations`;
  return {
    arn: functionArn,
    invokeArn: invoke(functionArn),
    qualifiedArn: `${functionArn}:$LATEST`,
    qualifiedInvokeArn: invoke(`${functionArn}:$LATEST`),
  };
}

function queue(name: string, inputs: Inputs) {
  const url = `https://sqs.${REGION}.amazonaws.com/${ACCOUNT}/${name}`;
  return {
    id: url,
    url,
    arn: arn("sqs", name),
    // Optional and computed: the provider answers them also when the program leaves them out.
    ...(inputs.redrivePolicy === undefined && { redrivePolicy: "" }),
    ...(inputs.policy === undefined && { policy: "" }),
  };
}

function restApi(name: string) {
  const id = "a1b2c3d4e5";
  return {
    id,
    name,
    arn: `arn:aws:apigateway:${REGION}::/restapis/${id}`,
    executionArn: arn("execute-api", id),
    rootResourceId: "r00t",
  };
}

function httpApi(name: string) {
  const id = "a1b2c3d4e5";
  return {
    id,
    name,
    arn: `arn:aws:apigateway:${REGION}::/apis/${id}`,
    executionArn: arn("execute-api", id),
    apiEndpoint: `https://${id}.execute-api.${REGION}.amazonaws.com`,
  };
}

const COMPUTED: Readonly<Record<string, (name: string, inputs: Inputs) => Record<string, string>>> =
  {
    "aws:dynamodb/table:Table": (name) => ({ arn: arn("dynamodb", `table/${name}`) }),
    "aws:lambda/function:Function": lambdaFunction,
    "aws:sqs/queue:Queue": queue,
    "aws:sns/topic:Topic": (name) => ({ id: arn("sns", name), arn: arn("sns", name) }),
    "aws:iam/role:Role": (name) => ({ arn: `arn:aws:iam::${ACCOUNT}:role/${name}` }),
    "aws:iam/policy:Policy": (name) => ({ arn: `arn:aws:iam::${ACCOUNT}:policy/${name}` }),
    "aws:cloudwatch/logGroup:LogGroup": (name) => ({ arn: arn("logs", `log-group:${name}`) }),
    "aws:cloudwatch/metricAlarm:MetricAlarm": (name) => ({
      arn: arn("cloudwatch", `alarm:${name}`),
    }),
    "aws:cloudwatch/compositeAlarm:CompositeAlarm": (_name, { alarmName }) => ({
      id: String(alarmName),
      arn: arn("cloudwatch", `alarm:${String(alarmName)}`),
    }),
    "aws:ssm/document:Document": (name) => ({ arn: arn("ssm", `document/${name}`) }),
    "aws:s3/bucket:Bucket": (name) => ({ arn: `arn:aws:s3:::${name}` }),
    "aws:apigateway/restApi:RestApi": restApi,
    "aws:apigatewayv2/api:Api": httpApi,
    "aws:lambda/functionUrl:FunctionUrl": () => ({
      functionUrl: `https://a1b2c3d4e5f6g7h8.lambda-url.${REGION}.on.aws/`,
    }),
    "aws:apigateway/stage:Stage": (_name, { restApi: id, stageName }) => ({
      invokeUrl: `https://${String(id)}.execute-api.${REGION}.amazonaws.com/${String(stageName)}`,
    }),
  };
