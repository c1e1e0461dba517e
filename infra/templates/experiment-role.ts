/** The tutorial's role, which lacks a colon; LocalStack's FIS assumes no role and takes it so. */
export const EXPERIMENT_ROLE_ARN = "arn:aws:iam:000000000000:role/ExperimentRole";
