import { stripVTControlCharacters } from "node:util";

/** A text of the application's that cannot steer the terminal: its control characters are shown. */
export function printable(text: string): string {
  return stripVTControlCharacters(text).replace(
    /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g,
    "�",
  );
}
