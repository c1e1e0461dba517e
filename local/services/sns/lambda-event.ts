/**
 * The event of a function that is subscribed to a topic, as JSON text.
 * Source: Lambda Developer Guide, "Invoking Lambda functions with Amazon SNS notifications".
 *
 * @param envelope the message in the envelope that SNS puts it in, as JSON text
 */
export function toLambdaEvent(envelope: string, subscriptionArn: string): string {
  const message = JSON.parse(envelope) as Readonly<Record<string, unknown>>;
  const { SigningCertURL, UnsubscribeURL, ...members } = message;
  return JSON.stringify({
    Records: [
      {
        EventSource: "aws:sns",
        EventVersion: "1.0",
        EventSubscriptionArn: subscriptionArn,
        // The members that the envelope leaves out when they are empty are always in the event.
        Sns: {
          Subject: null,
          MessageAttributes: {},
          ...members,
          SigningCertUrl: SigningCertURL,
          UnsubscribeUrl: UnsubscribeURL,
        },
      },
    ],
  });
}
