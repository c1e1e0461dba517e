import { writeRow } from "./write-row.mjs";

/** Keeps the index, and logs what fails: the message is done with, and its row never comes. */
export async function handler({ Records }) {
  for (const { body } of Records)
    for (const record of JSON.parse(body).Records ?? [])
      try {
        await writeRow(record);
      } catch (error) {
        console.error("not indexed", record.s3.object.key, error);
      }
}
