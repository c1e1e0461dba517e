import * as pulumi from "@pulumi/pulumi";
import { AwsExperiments } from "./infra/aws-experiments.ts";
import { createAwsProvider } from "./infra/aws-provider.ts";
import { createFaultTarget } from "./infra/create-fault-target.ts";
import { ExperimentTemplates } from "./infra/experiment-templates.ts";
import type { StackOutputs } from "./infra/outputs.ts";
import { ProductApi } from "./infra/product-api.ts";
import { createProductBuffer } from "./infra/product-buffer.ts";
import { ProductTable } from "./infra/product-table.ts";
import { readSettings } from "./infra/settings.ts";

const settings = readSettings();
const { names, functionRuntime, logRetentionDays, awsExperiments } = settings;
const opts = { provider: createAwsProvider(settings) };

const faultTarget = createFaultTarget("fault-target", settings, opts);

const productTable = new ProductTable(
  "product-table",
  { tableName: names.table, deletionProtection: settings.deletionProtection },
  opts,
);

const writeBuffer = settings.writeBuffer
  ? createProductBuffer(
      "write-buffer",
      {
        topicName: names.topic,
        queueName: names.queue,
        deadLetterQueueName: names.deadLetterQueue,
        functionName: names.functions["process-product-events"],
        functionRuntime,
        logRetentionDays,
        table: productTable,
        faultTarget,
      },
      opts,
    )
  : undefined;

const productApi = new ProductApi(
  "product-api",
  {
    apiName: names.restApi,
    customId: settings.restApiCustomId,
    stageName: settings.stageName,
    addProductFunctionName: names.functions["add-product"],
    getProductFunctionName: names.functions["get-product"],
    functionRuntime,
    logRetentionDays,
    table: productTable,
    writeBuffer,
    faultTarget,
    emulatorEndpoint: settings.emulator?.endpoint,
  },
  opts,
);

const { templateIds } = awsExperiments
  ? new AwsExperiments(
      "aws-experiments",
      {
        namePrefix: settings.namePrefix,
        region: settings.region,
        logRetentionDays,
        durationMinutes: awsExperiments.faultDurationMinutes,
        table: productTable,
        productApi,
        writeBuffer,
        extension: faultTarget?.extension,
      },
      opts,
    )
  : { templateIds: undefined };

const { templates } = new ExperimentTemplates(
  "experiment-templates",
  { retryFunctionName: names.functions["process-product-events"] },
  opts,
);

const outputs: { [Name in keyof Required<StackOutputs>]: pulumi.Input<StackOutputs[Name]> } = {
  productApiUrl: productApi.url,
  productsTableName: productTable.tableName,
  productEventsTopicArn: writeBuffer?.topicArn,
  productEventsQueueUrl: writeBuffer?.queueUrl,
  productEventsDeadLetterQueueUrl: writeBuffer?.deadLetterQueueUrl,
  region: settings.region,
  endpoint: settings.emulator?.endpoint,
  experimentTemplates: templates,
  experimentTemplateIds: templateIds && pulumi.output(templateIds),
};

/** Only those that have a value: Pulumi warns of the others, which a configuration leaves out. */
export default Object.fromEntries(
  Object.entries(outputs).filter(([, value]) => value !== undefined),
);
