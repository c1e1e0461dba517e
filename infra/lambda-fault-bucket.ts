import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { FaultExtension } from "outage-drill/write-buffer";

export interface LambdaFaultBucketArgs {
  layerArn: string;
  /** Whether an emulator plays the extension's part itself, which then needs no bucket. */
  emulated: boolean;
}

/** Folder of the objects. Source: FIS User Guide, "Use the AWS FIS aws:lambda:function actions". */
const FOLDER = "FisConfigs";

/** Where FIS puts the faults of functions, and where its extension in the functions finds them. */
export class LambdaFaultBucket extends pulumi.ComponentResource {
  readonly extension: FaultExtension;

  constructor(name: string, args: LambdaFaultBucketArgs, opts?: pulumi.ComponentResourceOptions) {
    super("outage-drill:infra:LambdaFaultBucket", name, {}, opts);
    const bucketArn = args.emulated ? "arn:aws:s3:::fis-configurations" : this.createBucket(name);
    const objectsArn = pulumi.interpolate`${bucketArn}/${FOLDER}/*`;
    this.extension = {
      layerArn: args.layerArn,
      objectsArn,
      variables: {
        AWS_FIS_CONFIGURATION_LOCATION: pulumi.interpolate`${bucketArn}/${FOLDER}/`,
        AWS_LAMBDA_EXEC_WRAPPER: "/opt/aws-fis/bootstrap",
        // Time to learn of a fault before a handler that the fault may keep from running.
        AWS_FIS_POLL_MAX_WAIT_MILLISECONDS: "2000",
        AWS_FIS_EXTENSION_METRICS: "none",
      },
      allowedCalls: [
        { actions: ["s3:ListBucket"], resource: bucketArn },
        { actions: ["s3:GetObject"], resource: objectsArn },
      ],
    };
    this.registerOutputs({ bucketArn });
  }

  /** Pulumi names it: bucket names are taken world-wide. */
  private createBucket(name: string): pulumi.Output<string> {
    const bucket = new aws.s3.Bucket(`${name}-bucket`, { forceDestroy: true }, { parent: this });
    new aws.s3.BucketPublicAccessBlock(
      `${name}-public-access-block`,
      {
        bucket: bucket.id,
        blockPublicAcls: true,
        blockPublicPolicy: true,
        ignorePublicAcls: true,
        restrictPublicBuckets: true,
      },
      { parent: this },
    );
    return bucket.arn;
  }
}
