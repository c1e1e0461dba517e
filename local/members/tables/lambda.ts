import type { OperationMembers, ServiceMembers } from "../member-table.ts";

const ofFunction: OperationMembers = { honours: "FunctionName" };
const ofVersion: OperationMembers = { honours: "FunctionName Qualifier" };

/** What neither CreateFunction nor UpdateFunctionConfiguration serves. */
const refusedSettings = `VpcConfig(SubnetIds SecurityGroupIds Ipv6AllowedForDualStack=false)
  DeadLetterConfig KMSKeyArn FileSystemConfigs ImageConfig SnapStart(ApplyOn=None)
  LoggingConfig(LogFormat=Text ApplicationLogLevel SystemLogLevel) CapacityProviderConfig
  DurableConfig`;

const servedSettings = `FunctionName Role Runtime Handler Description Timeout MemorySize
  Environment(Variables) TracingConfig(Mode) Layers EphemeralStorage(Size) LoggingConfig(LogGroup)`;

const refusedCode = `S3Bucket S3Key S3ObjectVersion S3ObjectStorageMode ImageUri SourceKMSKeyArn`;

/** Of queues or of streams; a mapping of the one refuses in its settings what only the other has. */
const servedMapping = `FunctionName Enabled BatchSize ScalingConfig(MaximumConcurrency)
  MaximumBatchingWindowInSeconds FunctionResponseTypes ParallelizationFactor MaximumRetryAttempts
  MaximumRecordAgeInSeconds BisectBatchOnFunctionError FilterCriteria(Filters(Pattern))
  DestinationConfig(OnFailure(Destination))`;

/** Of Kafka, MQ, DocumentDB and Kinesis, and what is not emulated of queues and streams. */
const refusedMapping = `KMSKeyArn MetricsConfig LoggingConfig TumblingWindowInSeconds=0
  DestinationConfig(OnSuccess) SourceAccessConfigurations AmazonManagedKafkaEventSourceConfig
  SelfManagedKafkaEventSourceConfig DocumentDBEventSourceConfig ProvisionedPollerConfig`;

const servedUrl = `FunctionName Qualifier AuthType
  Cors(AllowCredentials AllowHeaders AllowMethods AllowOrigins ExposeHeaders MaxAge)`;

/** Source: Lambda API 2015-03-31. */
export const lambdaMembers: ServiceMembers = {
  CreateFunction: {
    honours: `${servedSettings} Code(ZipFile) Tags Architectures`,
    refuses: `${refusedSettings} Code(${refusedCode}) Publish=false PublishTo PackageType=Zip
      CodeSigningConfigArn TenancyConfig`,
  },
  UpdateFunctionConfiguration: {
    honours: `${servedSettings} RevisionId`,
    refuses: refusedSettings,
  },
  UpdateFunctionCode: {
    honours: "FunctionName ZipFile Architectures DryRun RevisionId",
    refuses: `${refusedCode} Publish=false PublishTo`,
  },
  ListFunctions: {
    honours: "FunctionVersion Marker MaxItems",
    refuses: "MasterRegion=ALL?MasterRegion",
  },
  GetFunction: ofVersion,
  GetFunctionConfiguration: ofVersion,
  DeleteFunction: ofVersion,
  ListVersionsByFunction: { honours: "FunctionName Marker MaxItems" },
  Invoke: {
    honours: "FunctionName InvocationType ClientContext Payload Qualifier",
    refuses: `LogType=None@x-amz-log-type TenantId@x-amz-tenant-id
      DurableExecutionName@x-amz-durable-execution-name`,
  },
  AddPermission: {
    honours: `FunctionName StatementId Action Principal SourceArn SourceAccount Qualifier RevisionId
      FunctionUrlAuthType InvokedViaFunctionUrl`,
    refuses: "EventSourceToken PrincipalOrgID",
  },
  GetPolicy: ofVersion,
  RemovePermission: { honours: "FunctionName StatementId Qualifier RevisionId" },
  PutFunctionConcurrency: { honours: "FunctionName ReservedConcurrentExecutions" },
  GetFunctionConcurrency: ofFunction,
  DeleteFunctionConcurrency: ofFunction,
  GetFunctionCodeSigningConfig: ofFunction,
  GetRuntimeManagementConfig: ofVersion,
  ListTags: { honours: "Resource" },
  TagResource: { honours: "Resource Tags" },
  UntagResource: { honours: "Resource TagKeys" },
  CreateEventSourceMapping: {
    honours: `${servedMapping} EventSourceArn StartingPosition Tags`,
    refuses: `${refusedMapping} StartingPositionTimestamp Topics Queues
      SelfManagedEventSource`,
  },
  CreateFunctionUrlConfig: { honours: servedUrl, refuses: "InvokeMode=BUFFERED" },
  GetFunctionUrlConfig: ofVersion,
  UpdateFunctionUrlConfig: { honours: servedUrl, refuses: "InvokeMode=BUFFERED" },
  DeleteFunctionUrlConfig: ofVersion,
  ListFunctionUrlConfigs: { honours: "FunctionName Marker MaxItems" },
  ListEventSourceMappings: { honours: "EventSourceArn FunctionName Marker MaxItems" },
  GetEventSourceMapping: { honours: "UUID" },
  UpdateEventSourceMapping: { honours: `${servedMapping} UUID`, refuses: refusedMapping },
  DeleteEventSourceMapping: { honours: "UUID" },
};
