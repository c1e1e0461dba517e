/** Leaves in a list of topics or subscriptions, as XML text, those of one region: fauxqs mixes them. */
export function membersOfRegion(xml: string, region: string): string {
  return xml.replace(/<member>[^]*?<\/member>/g, (member) =>
    member.includes(`<TopicArn>arn:aws:sns:${region}:`) ? member : "",
  );
}
