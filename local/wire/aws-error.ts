/**
 * An error that a service answers on purpose. Only `local/wire/` turns it into bytes.
 */
export class AwsError extends Error {
  /** The code as the service's own clients read it, such as `ResourceNotFoundException`. */
  readonly code: string;
  /** HTTP status. */
  readonly status: number;
  /** Members of the error shape besides its message, where a service models some. */
  readonly fields: Readonly<Record<string, unknown>>;

  constructor(
    code: string,
    message: string,
    status = 400,
    fields: Readonly<Record<string, unknown>> = {},
  ) {
    super(message);
    this.name = "AwsError";
    this.code = code;
    this.status = status;
    this.fields = fields;
  }
}
