import { writeRow } from "./write-row.mjs";

/** Keeps the index: a message whose row could not be written comes again. */
export async function handler({ Records }) {
  const outcomes = await Promise.allSettled(
    Records.map(async ({ body }) => {
      // S3's test event has no records.
      for (const record of JSON.parse(body).Records ?? []) await writeRow(record);
    }),
  );
  return {
    batchItemFailures: Records.filter((_, at) => outcomes[at].status === "rejected").map(
      ({ messageId }) => ({ itemIdentifier: messageId }),
    ),
  };
}
