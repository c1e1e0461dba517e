import { invalidParameter } from "./invalid-parameter.ts";

/** Source: SNS API, ListTopics and ListSubscriptions: "up to 100". */
const mostPerPage = 100;

/**
 * The part of a list that a token asks for, by ARN: what is added or removed meanwhile makes nothing
 * else appear twice or not at all.
 */
export function pageOf<T extends { readonly arn: string }>(
  all: readonly T[],
  token: string | undefined,
): { readonly page: readonly T[]; readonly NextToken: string | undefined } {
  const after =
    token === undefined || token === "" ? "" : Buffer.from(token, "base64url").toString();
  if (after !== "" && !after.startsWith("arn:")) throw invalidParameter("NextToken");
  const rest = all
    .filter(({ arn }) => arn > after)
    .sort((one, other) => (one.arn < other.arn ? -1 : 1));
  const page = rest.slice(0, mostPerPage);
  const last = page.at(-1);
  const hasMore = last !== undefined && page.length < rest.length;
  return { page, NextToken: hasMore ? Buffer.from(last.arn).toString("base64url") : undefined };
}
