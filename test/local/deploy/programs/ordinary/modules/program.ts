import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { Names, Settings } from "./names.js";

const settings: Settings = { seconds: new pulumi.Config().requireNumber("seconds") };
const queue = new aws.sqs.Queue(Names.Queue, { visibilityTimeoutSeconds: settings.seconds });
console.log("printed by the program");
// Each is read in another way.
export const region = aws.config.requireRegion();
export const stack = pulumi.getStack();
export const arn = queue.arn;
export const tags = queue.tagsAll;
export const seconds = queue.visibilityTimeoutSeconds;
