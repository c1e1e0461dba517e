import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { type FaultTarget, LambdaFunction, type WriteBuffer } from "outage-drill/write-buffer";
import { type ApiRoute, createRoute } from "./api-route.ts";
import { TIME_BUDGET } from "../functions/shared/time-budget.ts";
import { ownFunction } from "./own-function.ts";
import type { ProductTable } from "./product-table.ts";

export interface ProductApiArgs {
  apiName: string;
  /** Value of the tag _custom_id_, which emulators take as the id of the REST API. */
  customId: string;
  stageName: string;
  addProductFunctionName: string;
  getProductFunctionName: string;
  functionRuntime: string;
  logRetentionDays: number;
  table: ProductTable;
  /** Without it, writes that DynamoDB does not accept fail. */
  writeBuffer: WriteBuffer | undefined;
  /** The emulated AWS that serves the API; undefined for AWS itself. */
  emulatorEndpoint: string | undefined;
  /** Makes the functions targets of experiments on AWS. */
  faultTarget?: FaultTarget | undefined;
}

const PATH_PART = "productApi";

/** The product API: POST and GET of one path, and the functions behind them. */
export class ProductApi extends pulumi.ComponentResource {
  /** Where products are posted and read, without a trailing slash. */
  readonly url: pulumi.Output<string>;
  readonly apiName: pulumi.Output<string>;
  readonly stageName: pulumi.Output<string>;
  /** The functions behind the API. */
  readonly functions: LambdaFunction[];

  constructor(name: string, args: ProductApiArgs, opts?: pulumi.ComponentResourceOptions) {
    super("outage-drill:infra:ProductApi", name, {}, opts);
    const child = { parent: this };
    const { tableName, tableArn } = args.table;
    const { functionRuntime: runtime, logRetentionDays, faultTarget } = args;

    const addProduct = new LambdaFunction(
      `${name}-add`,
      {
        ...ownFunction("add-product"),
        functionName: args.addProductFunctionName,
        runtime,
        faultTarget,
        logRetentionDays,
        environment: {
          PRODUCTS_TABLE_NAME: tableName,
          ...args.writeBuffer?.environment,
        },
        allowedCalls: [
          { actions: ["dynamodb:PutItem"], resource: tableArn, budget: TIME_BUDGET.dynamodb },
          ...(args.writeBuffer?.allowedCalls ?? []),
        ],
      },
      child,
    );
    const getProduct = new LambdaFunction(
      `${name}-get`,
      {
        ...ownFunction("get-product"),
        functionName: args.getProductFunctionName,
        runtime,
        faultTarget,
        logRetentionDays,
        environment: { PRODUCTS_TABLE_NAME: tableName },
        allowedCalls: [
          { actions: ["dynamodb:GetItem"], resource: tableArn, budget: TIME_BUDGET.dynamodb },
        ],
      },
      child,
    );

    this.functions = [addProduct, getProduct];

    const restApi = new aws.apigateway.RestApi(
      `${name}-rest-api`,
      {
        name: args.apiName,
        endpointConfiguration: { types: "REGIONAL" },
        tags: { _custom_id_: args.customId },
      },
      child,
    );
    const resource = new aws.apigateway.Resource(
      `${name}-resource`,
      { restApi: restApi.id, parentId: restApi.rootResourceId, pathPart: PATH_PART },
      child,
    );
    const at = { restApi, resource, pathPart: PATH_PART, stageName: args.stageName };
    const routes = [
      createRoute(`${name}-post`, { ...at, httpMethod: "POST", lambda: addProduct }, child),
      createRoute(`${name}-get`, { ...at, httpMethod: "GET", lambda: getProduct }, child),
    ];
    const stage = this.deploy(name, args.stageName, restApi, routes);

    this.apiName = restApi.name;
    this.stageName = stage.stageName;
    this.url =
      args.emulatorEndpoint === undefined
        ? pulumi.interpolate`${stage.invokeUrl}/${PATH_PART}`
        : pulumi.interpolate`${args.emulatorEndpoint}/_aws/execute-api/${stage.restApi}/${stage.stageName}/${PATH_PART}`;
    this.registerOutputs({ url: this.url });
  }

  /** A deployment is a snapshot, so a new one is made when a route changes. */
  private deploy(
    name: string,
    stageName: string,
    restApi: aws.apigateway.RestApi,
    routes: ApiRoute[],
  ): aws.apigateway.Stage {
    const deployment = new aws.apigateway.Deployment(
      `${name}-deployment`,
      {
        restApi: restApi.id,
        triggers: { routes: pulumi.jsonStringify(routes.map(({ identity }) => identity)) },
      },
      { parent: this, dependsOn: routes.map(({ integration }) => integration) },
    );
    return new aws.apigateway.Stage(
      `${name}-stage`,
      { restApi: restApi.id, deployment: deployment.id, stageName },
      { parent: this },
    );
  }
}
