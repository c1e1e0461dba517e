import { createAccessChecks, type AccessOptions } from "./access/create-access-checks.ts";
import { createDice } from "./faults/dice.ts";
import { createFaultGate } from "./faults/fault-gate.ts";
import { createFaultLeases } from "./faults/fault-leases.ts";
import { createFaultStore } from "./faults/fault-store.ts";
import { noFaults } from "./faults/no-faults.ts";
import { createGateway } from "./gateway.ts";
import { roleMay } from "./iam/service-trust.ts";
import type { Log } from "./log.ts";
import { serveGateway } from "./server.ts";
import { createSdkCaller } from "./sdk-caller.ts";
import { createServiceCaller } from "./service-caller.ts";
import type { AwsService } from "./services/aws-service.ts";
import { createApiGatewayService } from "./services/apigateway/create-api-gateway-service.ts";
import { createApiGatewayV2Service } from "./services/apigatewayv2/create-api-gateway-v2-service.ts";
import { createCloudwatchService } from "./services/cloudwatch/cloudwatch-service.ts";
import { createDynamodbService } from "./services/dynamodb/dynamodb-service.ts";
import { createEventsService, type EventsService } from "./services/events/events-service.ts";
import { assertAlarmState } from "./services/fis/actions/assert-alarm-state.ts";
import { drillInvocationError } from "./services/fis/actions/drill-invocation-error.ts";
import { lambdaInvocationActions } from "./services/fis/actions/lambda-invocation.ts";
import { startAutomation } from "./services/fis/actions/start-automation.ts";
import { createCheckFunctions } from "./services/fis/check-functions.ts";
import { createFisService } from "./services/fis/fis-service.ts";
import { createInvocationFaultStore } from "./services/fis/invocation-fault-store.ts";
import { listRoleTargets } from "./services/fis/list-role-targets.ts";
import { createRoleProblem } from "./services/fis/role-problem.ts";
import { createIamService } from "./services/iam/iam-service.ts";
import { createIamStore } from "./services/iam/iam-store.ts";
import { createKmsService } from "./services/kms/kms-service.ts";
import { createLambdaService, type LambdaService } from "./services/lambda/lambda-service.ts";
import { createLogPermission } from "./services/lambda/log-permission.ts";
import { createLogGroupAccess } from "./services/logs/log-group-access.ts";
import { createLogsService } from "./services/logs/logs-service.ts";
import { createLogsStore } from "./services/logs/logs-store.ts";
import { createS3Service, type S3Service } from "./services/s3/s3-service.ts";
import { createSendForTopic } from "./services/sns/send-for-topic.ts";
import { createPublishAlarm } from "./services/sns/publish-alarm.ts";
import { createSnsService } from "./services/sns/sns-service.ts";
import { createSqsService } from "./services/sqs/sqs-service.ts";
import { createSsmIam } from "./services/ssm/ssm-iam.ts";
import { createSsmService, type SsmService } from "./services/ssm/ssm-service.ts";
import { callerOf } from "./services/sts/caller-of.ts";
import { createStsService } from "./services/sts/sts-service.ts";
import { readArn } from "./wire/arn.ts";
import { createAuthorize } from "./steps/authorize.ts";
import { createCheckPermission } from "./steps/check-permission.ts";
import { createOwnApis } from "./steps/own-apis.ts";
import { createDispatch } from "./steps/dispatch.ts";
import { createExecuteApi } from "./steps/execute-api.ts";
import { createExecuteHttpApi } from "./steps/execute-http-api.ts";
import { firstOf } from "./steps/first-of.ts";
import { createServeS3Website } from "./steps/s3-website.ts";
import { createServeFunctionUrl } from "./steps/function-url.ts";
import { createHealth } from "./steps/health.ts";
import { createIdentify } from "./steps/identify.ts";
import { createInjectFault } from "./steps/inject-fault.ts";

/** The account of everything in the embedded cloud, as in LocalStack. */
const accountId = "000000000000";
const defaultRegion = "us-east-1";

export interface CloudOptions extends AccessOptions {
  /** 0, the default, takes a free port. */
  readonly port?: number;
  /** Address to listen on. Default: 127.0.0.1. */
  readonly host?: string;
  /** Takes what happened: fired faults, unknown operations, failed functions. Default: dropped. */
  readonly log?: Log;
  /**
   * Whether FIS knows the `localstack:` actions, as LocalStack did before 4.0, and those of this
   * cloud's own, `outage-drill:`. Default: yes.
   */
  readonly localstackActions?: boolean;
  /** Whether functions for Node.js 10 to 18 run, on Node.js 24. Default: they are refused. */
  readonly runOldRuntimes?: boolean;
  /** Where the dice of faults begin: they fall the same for the same seed. Default: anywhere. */
  readonly seed?: string;
}

export interface Cloud {
  /** Such as `http://127.0.0.1:4566`. */
  readonly endpoint: string;
  readonly port: number;
  /** What is served: signing name of a service → its operations. */
  readonly operations: Readonly<Record<string, readonly string[]>>;
  /** Stops everything that was started. */
  close(): Promise<void>;
}

/**
 * Starts the embedded cloud: an AWS endpoint in this process. It keeps everything in memory.
 * Rejects with Node's `EADDRINUSE` error when the port is taken.
 */
export async function startCloud(options: CloudOptions = {}): Promise<Cloud> {
  const { log = () => undefined, host = "127.0.0.1", localstackActions = true } = options;
  let endpoint = "";
  const faults = createFaultStore();
  const random = createDice(options.seed);
  const leases = createFaultLeases({
    store: faults,
    onExpiry: ({ owner, seconds }) => {
      log({ event: "fault-lease-expired", owner, seconds });
    },
  });
  const iam = createIamStore({ accountId });
  const gate = createFaultGate({
    store: faults,
    log,
    random,
    principalOf: ({ accessKeyId = "" }) => iam.sessionOf(accessKeyId)?.sessionArn,
  });
  const invocationFaults = createInvocationFaultStore({ log, random });
  const logs = createLogsStore({ accountId, region: defaultRegion });
  const sqs = createSqsService((traffic) => {
    cloudwatch.metrics.queueTraffic(traffic);
  });
  const sns = createSnsService({
    send: createSendForTopic({ sqs, gate, invoker: () => lambda.invoker }),
    log,
  });
  const dynamodb = createDynamodbService(log);
  const cloudwatch = createCloudwatchService({
    accountId,
    queues: sqs.probe,
    publish: createPublishAlarm(sns, gate),
    log,
  });
  const authorize = createAuthorize({
    iam,
    log,
    resourcePolicyOf: (arn) =>
      [dynamodb, events, lambda, s3, sns, sqs]
        .find(({ name }) => name === readArn(arn).service)
        ?.resourcePolicyOf(arn),
    resourceTagsOf: (arn) =>
      ssm.resourceTagsOf(arn) ?? lambda.listFunctions().find((each) => each.arn === arn)?.tags,
  });
  const callers = { accountId, authorize, gate };
  const callService = createServiceCaller({ ...callers, services: [sqs, dynamodb] });
  const lambda: LambdaService = createLambdaService({
    host: {
      accountId,
      endpoint: () => endpoint,
      issueCredentials: (roleArn, sessionName) => iam.issueCredentials(roleArn, sessionName),
      revokeCredentials: (accessKeyId) => {
        iam.revokeCredentials(accessKeyId);
      },
      writeLog: (group, stream, message, timestampMs) => {
        logs.append(group, stream, message, timestampMs);
      },
      mayWriteLog: createLogPermission({ iam, log }),
      recordInvocation: (facts) => {
        cloudwatch.metrics.invocation(facts);
      },
      runOldRuntimes: options.runOldRuntimes ?? false,
      recordIteratorAge: (facts) => {
        cloudwatch.metrics.iteratorAge(facts);
      },
      log,
    },
    callService,
    callDestination: createSdkCaller({ ...callers, services: () => services }),
    backlogs: dynamodb.streamBacklogs,
    gate,
    invocationFaults,
  });
  const events: EventsService = createEventsService({
    ...{ accountId, iam, sqs, sns, lambda, log },
    callService: createSdkCaller({ ...callers, services: () => services }),
  });
  const s3Args = { accountId, authorize, gate, iam, sqs, sns, lambda, log };
  const s3: S3Service = createS3Service(s3Args);
  const logsService = createLogsService(logs);
  // What an experiment does is authorised, but never faulted: its undoing must go through.
  const callUnfaulted = (calledServices: readonly AwsService[]) =>
    createServiceCaller({ accountId, services: calledServices, authorize, gate: noFaults });
  const ssm: SsmService = createSsmService({
    accountId,
    callService: createSdkCaller({
      ...{ accountId, authorize, gate: noFaults, services: () => services },
    }),
    iam: createSsmIam(iam),
    log,
  });
  const { writeToGroup, hasLogGroup } = createLogGroupAccess(logs);
  const accessLogs = (logGroupArn: string, line: string): void => {
    writeToGroup(logGroupArn, "access", line);
  };
  const apigateway = createApiGatewayService({ accountId, accessLogs });
  const apigatewayv2 = createApiGatewayV2Service({
    ...{ accountId, accessLogs },
    isTaken: (id) => apigateway.apis.find(id) !== undefined,
  });
  const fis = createFisService({
    store: faults,
    log,
    accountId,
    acceptLocalstackActions: localstackActions,
    furtherActions: [
      startAutomation(callUnfaulted([ssm])),
      ...lambdaInvocationActions(createCheckFunctions({ iam, lambda })),
      assertAlarmState({
        alarmState: (alarmArn) => cloudwatch.alarmState(alarmArn),
        mayDescribe: (roleArn, alarmArn) =>
          !iam.roleOfArn(roleArn) ||
          roleMay(iam, roleArn, { action: "cloudwatch:DescribeAlarms", resource: alarmArn }),
      }),
      ...(localstackActions ? [drillInvocationError(() => lambda.listFunctions())] : []),
    ],
    random,
    invocationFaults,
    writeExperimentLog: (logGroupArn, stream, message) => {
      if (hasLogGroup(logGroupArn)) writeToGroup(logGroupArn, stream, message);
    },
    hasLogGroup,
    roleProblem: createRoleProblem(iam),
    listFunctions: () => lambda.listFunctions(),
    alarms: cloudwatch,
    listRoles: () => listRoleTargets(iam),
  });
  const services: readonly AwsService[] = [
    apigateway,
    apigatewayv2,
    cloudwatch,
    dynamodb,
    events,
    fis,
    createIamService(iam),
    createKmsService(),
    lambda,
    logsService,
    s3,
    sns,
    sqs,
    ssm,
    createStsService(iam),
  ];

  const dispatch = createDispatch(services);
  const gateway = createGateway(
    {
      ...createAccessChecks({ ...options, host }, log),
      health: createHealth(services),
      chaosApi: createOwnApis({ faults, leases, gate, lambda }),
      executeApi: firstOf(
        createServeFunctionUrl({
          ...{ urls: lambda.urls, accountId, authorize, log },
          roleArnOf: (accessKeyId) => iam.roleArnOf(accessKeyId),
          callerOf: (call) => callerOf(call, iam),
        }),
        createServeS3Website({ s3, gate, accountId }),
        createExecuteHttpApi({ apis: apigatewayv2.apis, invoker: lambda.invoker, log }),
        createExecuteApi({
          ...{ apis: apigateway.apis, invoker: lambda.invoker, log },
          recordRequest: (facts) => {
            cloudwatch.metrics.apiRequest(facts);
          },
        }),
      ),
      identify: createIdentify({
        services,
        accountId,
        defaultRegion,
        roleArnOf: (accessKeyId) => iam.roleArnOf(accessKeyId),
        log,
      }),
      authorize: createCheckPermission(authorize),
      injectFault: createInjectFault(gate, dispatch),
      dispatch,
    },
    log,
  );

  const closeServices = async (): Promise<void> => {
    leases.close();
    faults.clear();
    for (const service of [cloudwatch, events, fis, ssm, s3, lambda, sns, sqs, dynamodb])
      await service.close?.();
  };
  try {
    const server = await serveGateway(gateway, { host, port: options.port ?? 0, log });
    endpoint = `http://${host.includes(":") ? `[${host}]` : host}:${String(server.port)}`;
    return {
      endpoint,
      port: server.port,
      operations: Object.fromEntries(services.map(({ name, operations }) => [name, operations])),
      async close() {
        await closeServices();
        await server.close();
      },
    };
  } catch (error) {
    await closeServices();
    throw error;
  }
}
