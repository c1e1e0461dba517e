/** A message as a topic hands it to a queue: members of the input of `sqs:SendMessage`. */
export interface DeliveredMessage {
  /** The message itself (raw delivery), or the envelope that SNS puts it in. */
  readonly MessageBody: string;
  readonly MessageAttributes?: Readonly<Record<string, object>>;
  /** Of a FIFO topic. */
  readonly MessageGroupId?: string;
  readonly MessageDeduplicationId?: string;
}
