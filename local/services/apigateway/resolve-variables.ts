/** An ARN with a stage's variables in the place of `${stageVariables.name}`. */
export function resolveVariables(arn: string, variables: ReadonlyMap<string, string>): string {
  if (!arn.includes("${")) return arn;
  return arn.replace(
    /\$\{stageVariables\.(\w+)\}/g,
    (_, name: string) => variables.get(name) ?? "",
  );
}
