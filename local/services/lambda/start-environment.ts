import { randomBytes } from "node:crypto";
import { cacheFolder } from "../../private-folder.ts";
import { ExecutionEnvironment } from "./execution-environment.ts";
import type { LambdaFunction } from "./lambda-function.ts";
import type { LambdaHost } from "./lambda-host.ts";
import { withoutWaysOut } from "./ways-out.ts";

/** Nothing of the user's own AWS configuration reaches a function, not even a shared file. */
const noSharedConfiguration = {
  AWS_CONFIG_FILE: "/dev/null",
  AWS_SHARED_CREDENTIALS_FILE: "/dev/null",
  AWS_EC2_METADATA_DISABLED: "true",
};

/** Functions whose log says already which of their variables they do not get. */
const told = new WeakSet<object>();

/** Starts an execution environment of a function with credentials of the function's role. */
export function startEnvironment(
  lambdaFunction: LambdaFunction,
  host: LambdaHost,
  onEnd: () => void,
): ExecutionEnvironment {
  const { name, region, configuration, code } = lambdaFunction;
  const logStream = `${new Date().toISOString().slice(0, 10).replaceAll("-", "/")}/[$LATEST]${randomBytes(16).toString("hex")}`;
  const logGroup = configuration.logging.LogGroup;
  const streamArn = `arn:aws:logs:${region}:${host.accountId}:log-group:${logGroup}:log-stream:${logStream}`;
  const credentials = host.issueCredentials(configuration.roleArn, name);
  const { kept, dropped } = withoutWaysOut(configuration.variables);
  if (dropped.length > 0 && !told.has(configuration)) {
    told.add(configuration);
    host.log({ event: "variables-not-passed", function: name, variables: dropped });
  }
  return new ExecutionEnvironment({
    setup: {
      directory: code.directory,
      handler: configuration.handler,
      runtime: configuration.runtime,
      functionName: name,
      memorySizeMb: configuration.memorySizeMb,
      logGroup,
      logStream,
      // Compiled code is kept between environments and runs: a cold start is then mostly linking.
      compileCache: cacheFolder(),
    },
    timeoutSeconds: configuration.timeoutSeconds,
    variables: {
      ...kept,
      ...noSharedConfiguration,
      AWS_ENDPOINT_URL: host.endpoint(),
      AWS_REGION: region,
      AWS_DEFAULT_REGION: region,
      AWS_ACCESS_KEY_ID: credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
      AWS_SESSION_TOKEN: credentials.sessionToken,
      AWS_EXECUTION_ENV: `AWS_Lambda_${configuration.runtime}`,
      AWS_LAMBDA_FUNCTION_NAME: name,
      AWS_LAMBDA_FUNCTION_VERSION: "$LATEST",
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(configuration.memorySizeMb),
      AWS_LAMBDA_INITIALIZATION_TYPE: "on-demand",
      AWS_LAMBDA_LOG_GROUP_NAME: logGroup,
      AWS_LAMBDA_LOG_STREAM_NAME: logStream,
      LAMBDA_TASK_ROOT: code.directory,
      _HANDLER: configuration.handler,
      LANG: "en_US.UTF-8",
      TZ: ":UTC",
    },
    onOutput: (line) => {
      if (host.mayWriteLog?.(configuration.roleArn, streamArn) === false) return;
      host.writeLog(logGroup, logStream, line, Date.now());
    },
    onEnd: () => {
      host.revokeCredentials(credentials.accessKeyId);
      onEnd();
    },
  });
}
