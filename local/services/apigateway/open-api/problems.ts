import { AwsError } from "../../../wire/aws-error.ts";
import { badRequest } from "../api-store.ts";

/** Everything that is wrong with a document, so that one answer names it all. */
export class Problems {
  readonly #sentences: string[] = [];

  /** @param where of the document, such as `paths./orders.post` */
  add(where: string, sentence: string): void {
    this.#sentences.push(where === "" ? sentence : `${where}: ${sentence}`);
  }

  /** What the document has and this cloud does not serve. */
  refuse(where: string, name: string): void {
    this.add(where, `The embedded cloud does not serve ${name} in a document.`);
  }

  /** What `read` answers; an AwsError becomes a problem of this place. */
  watch<T>(where: string, read: () => T): T | undefined {
    try {
      return read();
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      this.add(where, error.message);
      return undefined;
    }
  }

  throwIfAny(): void {
    if (this.#sentences.length > 0)
      throw badRequest(`Errors found during import:\n\t${this.#sentences.join("\n\t")}`);
  }
}
