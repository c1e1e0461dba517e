/**
 * What becomes of the members of an operation's input. Every member that the SDK's model has stands
 * in one of the three; a test walks the models and names what is missing. Members are written as
 * names between blanks, those of a structure in parentheses behind it, also where it stands in a
 * list; `{}` behind a name means the values of a map: `Tags(Key Value) Attributes{}(DataType)`.
 */
export interface OperationMembers {
  /** What is applied, checked or answered. */
  readonly honours?: string;
  /**
   * What is refused by name, with all that stands in it. Empty values pass, as does the value behind
   * `=`, which is what happens anyway; `$account` stands for the account's id. `@name` is the header
   * and `?name` the parameter of the query that a REST operation reads the member from.
   */
  readonly refuses?: string;
  /** What may be given and changes nothing here, by reason. */
  readonly ignores?: Partial<Readonly<Record<IgnoredReason, string>>>;
}

/** Why a member changes nothing. Any other reason is one to honour or to refuse the member. */
export type IgnoredReason =
  /** AWS itself does nothing with it any more. */
  | "aws-ignores-it"
  /** It asks for what is always done here. */
  | "always-so"
  /** It is for tracing and telemetry, which no operation here reads. */
  | "tracing-only"
  /** It widens a list beyond this account, which is the only one. */
  | "one-account"
  /** It opens what was masked or locked, and nothing here is. */
  | "nothing-is-locked"
  /** It asks for a figure beside the answer, which AWS gives for some resources only. */
  | "report-only";

export type ServiceMembers = Readonly<Record<string, OperationMembers>>;
