import { expect, test } from "vitest";
import { pinned } from "../../../src/adapters/cli/pinned.ts";

const ESC = String.fromCharCode(27);

/** A terminal that understands what is used here: lines, going up, and erasing to the end. */
function screen() {
  let rows: string[] = [""];
  return {
    write: (text: string): void => {
      for (const [, up, char] of text.matchAll(new RegExp(`${ESC}\\[(\\d+)A${ESC}\\[0J|([^])`, "g"))) {
        if (up !== undefined) rows = [...rows.slice(0, rows.length - 1 - Number(up)), ""];
        else if (char === "\n") rows.push("");
        else rows[rows.length - 1] += char ?? "";
      }
    },
    rows: () => rows,
  };
}

function opened() {
  const { write, rows } = screen();
  const channel = { write, drained: async () => undefined, isTTY: true, columns: 80, color: false };
  return { ...pinned(channel), rows };
}

test("pinned lines are replaced, and what is written stands above them", () => {
  const { channel, pin, rows } = opened();
  channel.write("before\n");
  pin(["one", "two"]);
  expect(rows()).toEqual(["before", "one", "two", ""]);
  pin(["ONE", "TWO", "THREE"]);
  expect(rows()).toEqual(["before", "ONE", "TWO", "THREE", ""]);
  channel.write("a log line\n");
  expect(rows()).toEqual(["before", "a log line", "ONE", "TWO", "THREE", ""]);
  pin(["less"]);
  expect(rows()).toEqual(["before", "a log line", "less", ""]);
  pin([]);
  channel.write("after\n");
  expect(rows()).toEqual(["before", "a log line", "after", ""]);
});

test("nothing pinned, nothing erased", () => {
  const { channel, pin, rows } = opened();
  pin([]);
  channel.write("text\n");
  expect(rows()).toEqual(["text", ""]);
});
