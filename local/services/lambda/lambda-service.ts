import { contextOf } from "../../iam/condition-context.ts";
import { evaluate } from "../../iam/evaluate.ts";
import type { ServiceCaller } from "../../service-caller.ts";
import type { AwsCall } from "../../wire/aws-call.ts";
import { AwsError } from "../../wire/aws-error.ts";
import { readArn } from "../../wire/arn.ts";
import { createRequestId } from "../../wire/request-id.ts";
import type { FaultGate } from "../../faults/fault-gate.ts";
import type { AwsService } from "../aws-service.ts";
import { restJsonService } from "../rest-json-service.ts";
import { AsyncInvocations } from "./async-invocations.ts";
import type { StreamBacklogs } from "../dynamodb/streams/stream-backlogs.ts";
import {
  streamMappingState,
  type StreamMappingState,
} from "./event-source-mapping/stream-mapping-state.ts";
import { EventSourceMappings } from "./event-source-mapping/event-source-mappings.ts";
import { createFunctionUrls, type FunctionUrls } from "./function-url/function-urls.ts";
import { FunctionEnvironments } from "./function-environments.ts";
import { FunctionStore } from "./function-store.ts";
import type { LambdaContext } from "./lambda-context.ts";
import { type InvocationFaults, noInvocationFaults } from "./invocation-fault.ts";
import type { LambdaFunction } from "./lambda-function.ts";
import type { LambdaHost } from "./lambda-host.ts";
import type { LambdaInvocation, LambdaInvoker, LambdaResult } from "./lambda-invoker.ts";
import { mappingOperations } from "./operations/event-source-mappings.ts";
import { functionUrlOperations } from "./operations/function-urls.ts";
import { functionOperations } from "./operations/functions.ts";
import { invokeOperations } from "./operations/invoke.ts";
import { permissionOperations, policyDocumentOf, policyOf } from "./operations/permissions.ts";
import { settingOperations } from "./operations/settings.ts";
import { runFunction } from "./run-function.ts";

export interface LambdaServiceOptions {
  readonly host: LambdaHost;
  /** Calls SQS and DynamoDB for event source mappings. */
  readonly callService: ServiceCaller;
  /** Calls SQS and SNS for the records that a mapping gives up. */
  readonly callDestination: ServiceCaller;
  readonly backlogs: StreamBacklogs;
  /** What the invocations by other services pass, as calls over HTTP do in the gateway. */
  readonly gate: FaultGate;
  /** What experiments do to invocations, as `aws:lambda:` actions of FIS say. Default: nothing. */
  readonly invocationFaults?: InvocationFaults;
}

export interface LambdaService extends AwsService {
  readonly invoker: LambdaInvoker;
  readonly urls: FunctionUrls;
  /** Policy of a function, as its JSON text. */
  resourcePolicyOf(functionArn: string): string | undefined;
  /** The functions that there are, as targets of experiments. */
  listFunctions(): readonly FunctionSummary[];
  /** How far the event source mappings of streams are. */
  streamMappings(): readonly StreamMappingState[];
}

export interface FunctionSummary {
  readonly arn: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly roleArn: string;
  readonly variables: Readonly<Record<string, string>>;
}

export function createLambdaService({
  host,
  callService,
  callDestination,
  backlogs,
  gate,
  invocationFaults = noInvocationFaults,
}: LambdaServiceOptions): LambdaService {
  const functions = new FunctionStore();
  const environments = new FunctionEnvironments(host);
  const asyncInvocations = new AsyncInvocations({ environments, host, invocationFaults });

  /** `lambda:Invoke` by another service. */
  async function invoke(
    lambdaFunction: LambdaFunction,
    payload: string,
    signal?: AbortSignal,
  ): Promise<LambdaResult> {
    const act = () =>
      runFunction(lambdaFunction, payload, { environments, host, invocationFaults });
    return gate.pass(invokeCall(lambdaFunction), act, signal) ?? act();
  }

  const mappings = new EventSourceMappings({
    functions,
    callService,
    callDestination,
    backlogs,
    recordAge(functionArn, ageMs) {
      const { region, name: functionName } = functions.byArn(functionArn);
      host.recordIteratorAge?.({ region, functionName, ageMs });
    },
    invoke: (functionArn, payload, signal) => invoke(functions.byArn(functionArn), payload, signal),
    log: host.log,
  });
  const context: LambdaContext = {
    functions,
    environments,
    asyncInvocations,
    mappings,
    host,
    invocationFaults,
  };
  const service = restJsonService(
    "lambda",
    [
      ...functionOperations(context),
      ...invokeOperations(context),
      ...permissionOperations(context),
      ...settingOperations(context),
      ...mappingOperations(context),
      ...functionUrlOperations(context),
    ],
    { malformedBodyCode: "InvalidRequestContentException" },
  );

  /** The function of an invocation by another service, which its policy must allow. */
  function permitted({ functionArn, source }: LambdaInvocation): LambdaFunction {
    const { region, accountId } = readArn(functionArn);
    const found = functions.find(functionArn, { region, accountId });
    checkPermission(found, `${source.service}.amazonaws.com`, source.sourceArn);
    return found;
  }

  return {
    ...service,
    invoker: {
      invoke: (input) => invoke(permitted(input), input.payload, input.signal),
      async accept(input) {
        const found = permitted(input);
        const act = () => {
          asyncInvocations.accept(found, input.payload);
        };
        await (gate.pass(invokeCall(found), act, input.signal) ?? act());
      },
    },
    urls: createFunctionUrls(functions, invoke),
    listFunctions: () =>
      functions.all().map(({ arn, tags, configuration: { roleArn, variables } }) => ({
        arn,
        tags: Object.fromEntries(tags),
        roleArn,
        variables,
      })),
    resourcePolicyOf: (arn) => (functions.has(arn) ? policyOf(functions.byArn(arn)) : undefined),
    streamMappings: () =>
      mappings
        .list()
        .filter(({ settings }) => settings.stream)
        .map((mapping) => streamMappingState(mapping, backlogs)),
    async close() {
      asyncInvocations.close();
      await mappings.close();
      await environments.close();
      await Promise.all(functions.all().map(({ code }) => code.remove()));
    },
  };
}

const noQuery = new URLSearchParams();
const noBody = Buffer.alloc(0);

/** `lambda:Invoke` as the call that it would be over HTTP. */
function invokeCall({ arn }: LambdaFunction): AwsCall {
  const { region, accountId } = readArn(arn);
  return {
    requestId: createRequestId(),
    service: "lambda",
    operation: "Invoke",
    protocol: "rest-json",
    region,
    accountId,
    accessKeyId: undefined,
    roleArn: undefined,
    request: {
      method: "POST",
      path: `/2015-03-31/functions/${encodeURIComponent(arn)}/invocations`,
      query: noQuery,
      headers: {},
      // Whatever a fault says of the call, it says by its path.
      body: noBody,
    },
  };
}

/** Whether the function's resource-based policy lets a service invoke it for this source. */
function checkPermission(
  lambdaFunction: LambdaFunction,
  servicePrincipal: string,
  sourceArn: string,
): void {
  const decision = evaluate({
    servicePrincipal,
    action: "lambda:InvokeFunction",
    resource: lambdaFunction.arn,
    context: contextOf({
      "aws:SourceArn": sourceArn,
      "aws:SourceAccount": readArn(sourceArn).accountId,
    }),
    identityPolicies: [],
    resourcePolicies: [policyDocumentOf(lambdaFunction)],
  });
  if (decision !== "allow")
    throw new AwsError(
      "AccessDeniedException",
      `User: ${servicePrincipal} is not authorized to perform: lambda:InvokeFunction on resource: ${lambdaFunction.arn} because no resource-based policy allows the lambda:InvokeFunction action`,
      403,
    );
}
