import { expect } from "chai";
import fc from "fast-check";
import { LiveScreen } from "../../../chaos/terminal/live-screen.ts";
import { screenOf } from "../support/screen.ts";

describe("LiveScreen", () => {
  function open(columns: number) {
    let output = "";
    const terminal = { columns, rows: 24, write: (text: string) => (output += text) };
    return { screen: new LiveScreen(terminal), terminal, shown: () => screenOf(output, columns) };
  }

  it("shows the last frame below all that stays", () => {
    const line = fc.string({ unit: fc.constantFrom("a", "é", " ", "█"), maxLength: 19 });
    const drawing = fc.record({
      above: fc.array(line, { maxLength: 2 }),
      frame: fc.array(line, { maxLength: 5 }),
    });
    fc.assert(
      fc.property(fc.array(drawing, { minLength: 1, maxLength: 8 }), (drawings) => {
        const { screen, shown } = open(20);
        for (const { above, frame } of drawings) screen.draw(above, frame);
        const lines = [
          ...drawings.flatMap(({ above }) => above),
          ...(drawings.at(-1)?.frame ?? []),
          "",
        ];
        expect(shown()).to.deep.equal(lines);
      }),
    );
  });

  it("keeps what was printed in between, once the frame was erased", () => {
    let output = "";
    const screen = new LiveScreen({ columns: 20, write: (text: string) => (output += text) });
    screen.draw([], ["frame 1", "more of it"]);
    screen.erase();
    output += "printed\n";
    screen.draw([], ["frame 2"]);
    expect(screenOf(output, 20)).to.deep.equal(["printed", "frame 2", ""]);
  });

  it("finds its first line when a narrower terminal has wrapped the others", () => {
    let output = "";
    const terminal = { columns: 20, write: (text: string) => (output += text) };
    const screen = new LiveScreen(terminal);
    screen.draw(["stays"], ["0123456789abcde", "x"]);
    terminal.columns = 10;
    const before = output.length;
    screen.draw([], ["new"]);
    // Two lines of the first, one of the second.
    expect(output.slice(before)).to.equal("\r\u001b[3A\u001b[Jnew\n");
  });

  it("leaves a column and a line free", () => {
    const { screen, terminal } = open(1);
    expect([screen.columns, screen.rows]).to.deep.equal([1, 23]);
    terminal.columns = 80;
    expect(screen.columns).to.equal(79);
  });
});
