import { expect } from "chai";
import fc from "fast-check";
import { compileWildcard } from "../../../local/iam/compile-wildcard.ts";

const letters = fc.string({ unit: fc.constantFrom("a", "b", ":", "/"), maxLength: 12 });
const patterns = fc.string({ unit: fc.constantFrom("a", "b", ":", "*", "?"), maxLength: 8 });

/** The obvious matcher, by recursion on the first character. */
function matchesSlowly(pattern: string, text: string): boolean {
  if (pattern === "") return text === "";
  if (pattern.startsWith("*"))
    return (
      matchesSlowly(pattern.slice(1), text) ||
      (text !== "" && matchesSlowly(pattern, text.slice(1)))
    );
  if (text === "") return false;
  if (!pattern.startsWith("?") && pattern[0] !== text[0]) return false;
  return matchesSlowly(pattern.slice(1), text.slice(1));
}

describe("compileWildcard", () => {
  it("matches what the obvious matcher matches", () => {
    fc.assert(
      fc.property(patterns, letters, (pattern, text) => {
        expect(compileWildcard(pattern)(text)).to.equal(matchesSlowly(pattern, text));
      }),
      { numRuns: 2000 },
    );
  });

  it("matches every text that its own pattern describes", () => {
    fc.assert(
      fc.property(fc.array(letters, { minLength: 1, maxLength: 4 }), letters, (parts, filler) => {
        expect(compileWildcard(parts.join("*"))(parts.join(filler))).to.equal(true);
      }),
    );
  });

  it("matches only itself without wildcards", () => {
    fc.assert(
      fc.property(letters, letters, (pattern, text) => {
        expect(compileWildcard(pattern)(text)).to.equal(pattern === text);
      }),
    );
  });

  it("takes * and ? as they are when wildcards are off", () => {
    const matches = compileWildcard("a*?", { wildcards: false });
    expect(matches("a*?")).to.equal(true);
    expect(matches("abc")).to.equal(false);
  });

  it("compares without case on demand", () => {
    expect(compileWildcard("DynamoDB:Put*", { ignoreCase: true })("dynamodb:PUTITEM")).to.equal(
      true,
    );
    expect(compileWildcard("dynamodb:Put*")("dynamodb:PUTITEM")).to.equal(false);
  });

  it("keeps a wildcard inside its segment, but for a * that ends one", () => {
    const inner = compileWildcard("arn:aws:sns:us-*-1:0:t", { segments: true });
    expect(inner("arn:aws:sns:us-east-1:0:t")).to.equal(true);
    expect(inner("arn:aws:sns:us-a:b-1:0:t")).to.equal(false);
    const last = compileWildcard("arn:aws:logs:us-east-1:0:*", { segments: true });
    expect(last("arn:aws:logs:us-east-1:0:log-group:x:log-stream:y")).to.equal(true);
    expect(compileWildcard("a?b", { segments: true })("a:b")).to.equal(false);
  });

  it("puts in policy variables, whose values are taken literally", () => {
    const matches = compileWildcard("home/${aws:PrincipalTag/team}/*", { variables: true });
    const team = (value: string) => (name: string) =>
      name === "aws:principaltag/team" ? value : undefined;
    expect(matches("home/red/x", team("red"))).to.equal(true);
    expect(matches("home/red/x", team("*"))).to.equal(false);
    expect(matches("home/red/x", () => undefined)).to.equal(false);
    expect(matches("home/red/x")).to.equal(false);
  });

  it("falls back to a variable's default, and reads the escapes", () => {
    const matches = compileWildcard("${aws:username, 'nobody'}-${*}", { variables: true });
    expect(matches("nobody-*")).to.equal(true);
    expect(matches("nobody-x")).to.equal(false);
  });

  it("takes a variable as text in the old policy language", () => {
    expect(compileWildcard("${aws:username}")("${aws:username}")).to.equal(true);
  });

  it("answers at once for a pattern that makes others backtrack", () => {
    expect(compileWildcard("*a".repeat(40) + "b")("a".repeat(4000))).to.equal(false);
  });
});
