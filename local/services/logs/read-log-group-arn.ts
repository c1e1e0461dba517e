import { readArn } from "../../wire/arn.ts";

/** `arn:aws:logs:REGION:ACCOUNT:log-group:NAME`, with or without `:*` → its region and name. */
export function readLogGroupArn(arn: string): { region: string; name: string } {
  const { region, resource } = readArn(arn);
  return { region, name: resource.replace(/^log-group:/, "").replace(/:\*$/, "") };
}
