/** Why an experiment cannot be had on AWS. */
export const whyNoAction = "there is no template of AWS's own actions for it";

/** Why an experiment cannot be had with AWS's own actions on a stack. */
export function whyNoTemplate(scenario: string): string {
  return (
    `the stack has no FIS template ${scenario}: deploy it with awsExperimentTemplates: true` +
    (scenario === "outage" ? "" : " and lambdaFaults: true")
  );
}
