/** Whether an ARN is that of a Lambda function, with or without a qualifier. */
export function isFunctionArn(arn: string): boolean {
  return /^arn:aws:lambda:[a-z0-9-]+:\d{12}:function:[\w-]+(:(\$LATEST|[\w-]+))?$/.test(arn);
}
