/** One name of a table of members, with the members that stand in it. */
export interface Member {
  readonly name: string;
  /** Whether `children` are those of a map's values. */
  readonly ofMapValues: boolean;
  /** The value that passes, as text. */
  readonly unless?: string;
  readonly header?: string;
  readonly query?: string;
  readonly children: readonly Member[];
}

const token =
  /\s*(?:(?<close>\))|(?<name>\w+)(?<map>\{\})?(?:=(?<unless>[\w.$-]+))?(?:@(?<header>[\w-]+))?(?:\?(?<query>\w+))?(?<open>\()?)/y;

/** The members that a text of a table names; the form is told in `member-table.ts`. */
export function parseMembers(text: string): readonly Member[] {
  const root: Member[] = [];
  const open = [root];
  token.lastIndex = 0;
  const end = text.trimEnd().length;
  while (token.lastIndex < end) {
    const at = token.lastIndex;
    const found = token.exec(text)?.groups;
    const list = open.at(-1);
    if (!found || !list) throw new Error(`Not a list of members from here on: ${text.slice(at)}`);
    if (found["close"] !== undefined) {
      open.pop();
      continue;
    }
    const children: Member[] = [];
    const { name = "", unless, header, query } = found;
    list.push({
      name,
      ofMapValues: found["map"] !== undefined,
      ...(unless !== undefined && { unless }),
      ...(header !== undefined && { header: header.toLowerCase() }),
      ...(query !== undefined && { query }),
      children,
    });
    if (found["open"] !== undefined) open.push(children);
  }
  if (open.length !== 1) throw new Error(`The parentheses do not match: ${text}`);
  return root;
}

/** `A(B C)` as `A.B` and `A.C`; the path of each member that has none in it. */
export function pathsOf(members: readonly Member[], prefix = ""): string[] {
  return members.flatMap(({ name, ofMapValues, children }) => {
    const path = `${prefix}${name}`;
    return children.length > 0 ? pathsOf(children, `${path}${ofMapValues ? "{}" : ""}.`) : [path];
  });
}
