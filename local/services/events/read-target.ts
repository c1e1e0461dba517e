import { nestsTooDeep } from "../../wire/nests-too-deep.ts";
import { readArn } from "../../wire/arn.ts";
import type { AwsCall } from "../../wire/aws-call.ts";
import type { JsonInput } from "../json-service.ts";
import { variablesIn } from "./delivery/apply-template.ts";
import { readPath } from "./delivery/read-path.ts";
import {
  integerOf,
  invalid,
  nameBounds,
  optionalTextOf,
  structureOf,
  textOf,
} from "./events-input.ts";
import type { InputTransformer, Target } from "./target.ts";

const targetServices = ["lambda", "sqs", "sns"];
const predefined = /^aws\.events\.(rule-arn|rule-name|event|event\.json|event\.ingestion-time)$/;

/** A target of PutTargets. Throws ValidationException, which names what is wrong. */
export function readTarget(input: JsonInput, call: AwsCall): Target {
  const id = textOf(input, "Id", nameBounds);
  const arn = textOf(input, "Arn", { max: 1600 });
  checkTargetArn(arn, call);
  const given = optionalTextOf(input, "Input", { max: 8192 });
  if (given !== undefined) checkJson(given, "Input");
  const inputPath = optionalTextOf(input, "InputPath", { max: 256 });
  if (inputPath !== undefined) readPath(inputPath);
  const inputTransformer = readTransformer(structureOf(input, "InputTransformer"));
  if ([given, inputPath, inputTransformer].filter((each) => each !== undefined).length > 1)
    throw invalid("Only one of Input, InputPath, or InputTransformer must be provided.");
  const messageGroupId = groupIdOf(input, arn);
  const deadLetters = structureOf(input, "DeadLetterConfig");
  const deadLetterArn = deadLetters && optionalTextOf(deadLetters, "Arn", { max: 1600 });
  if (deadLetterArn !== undefined) checkDeadLetterArn(deadLetterArn, call);
  const retry = structureOf(input, "RetryPolicy") ?? {};
  return {
    ...{ id, arn, input: given, inputPath, inputTransformer, messageGroupId, deadLetterArn },
    roleArn: optionalTextOf(input, "RoleArn", { max: 1600 }),
    maximumRetryAttempts: integerOf(retry, "MaximumRetryAttempts", { min: 0, max: 185 }) ?? 185,
    maximumEventAgeSeconds:
      integerOf(retry, "MaximumEventAgeInSeconds", { min: 60, max: 86_400 }) ?? 86_400,
    given: input,
  };
}

function checkTargetArn(arn: string, call: AwsCall): void {
  const { service, region, accountId } = readArn(arn);
  if (!/^arn:aws:[a-z]/.test(arn))
    throw invalid(`Parameter ${arn} is not valid. Reason: Provided Arn is not in correct format.`);
  if (!targetServices.includes(service))
    throw invalid(
      `The target ${arn} is not supported here: rules deliver to Lambda functions, SQS queues and SNS topics.`,
    );
  if (region !== call.region || accountId !== call.accountId)
    throw invalid(
      `The target ${arn} is of another account or Region, which is not supported here: name one of ${call.accountId} in ${call.region}.`,
    );
}

function checkDeadLetterArn(arn: string, call: AwsCall): void {
  const { service, region, accountId } = readArn(arn);
  if (
    service !== "sqs" ||
    arn.endsWith(".fifo") ||
    region !== call.region ||
    accountId !== call.accountId
  )
    throw invalid(
      `DeadLetterConfig.Arn must be a standard SQS queue of ${call.region}, not ${arn}.`,
    );
}

function groupIdOf(input: JsonInput, arn: string): string | undefined {
  const parameters = structureOf(input, "SqsParameters");
  const id = parameters && optionalTextOf(parameters, "MessageGroupId", { max: 128 });
  if (id !== undefined && readArn(arn).service !== "sqs")
    throw invalid("SqsParameters can be given for SQS targets only.");
  if (id === undefined && arn.endsWith(".fifo") && readArn(arn).service === "sqs")
    throw invalid(
      `Parameter(s) SqsParameters must be specified for target: ${textOf(input, "Id")}.`,
    );
  return id;
}

function readTransformer(input: JsonInput | undefined): InputTransformer | undefined {
  if (!input) return undefined;
  const template = textOf(input, "InputTemplate", { max: 8192 });
  const map = structureOf(input, "InputPathsMap") ?? {};
  const paths = Object.fromEntries(
    Object.keys(map).map((name) => {
      if (/^AWS/i.test(name))
        throw invalid(`InputPathsMap must not name a variable ${name}: AWS is reserved.`);
      const path = textOf(map, name, { max: 256 });
      readPath(path);
      return [name, path];
    }),
  );
  if (Object.keys(paths).length > 100) throw invalid("InputPathsMap has up to 100 variables.");
  const unknown = variablesIn(template).find(
    (name) => !Object.hasOwn(paths, name) && !predefined.test(name),
  );
  if (unknown !== undefined)
    throw invalid(`Invalid InputTemplate: the variable <${unknown}> is not in InputPathsMap.`);
  return { paths, template };
}

function checkJson(text: string, name: string): void {
  try {
    if (nestsTooDeep(Buffer.from(text))) throw new Error();
    JSON.parse(text);
  } catch {
    throw invalid(`JSON syntax error in ${name}: it must be valid JSON.`);
  }
}
