// Decisions are referred to by number: each has its own, none is left out, and its page says the same.
import { readdir, readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const folder = fileURLToPath(new URL("../../docs/decisions/", import.meta.url));
const files = (await readdir(folder)).toSorted();

test("decisions are numbered one after the other", () => {
  expect(files.map((file) => file.slice(0, 4))).toEqual(files.map((_, i) => String(i + 1).padStart(4, "0")));
});

test.each(files)("%s: context, decision, consequences under its number", async (file) => {
  const text = await readFile(`${folder}${file}`, "utf8");
  expect(text).toMatch(new RegExp(`^# ${Number(file.slice(0, 4))}\\. `));
  for (const part of ["Context", "Decision", "Consequences"]) expect(text).toContain(`**${part}.**`);
});
