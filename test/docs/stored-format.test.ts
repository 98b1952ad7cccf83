// docs/stored-format.md says what is on disk; what can be drawn from the schemas is compared with them.
import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { eventTable, metadataLine } from "./event-table.ts";

const page = () => readFile(new URL("../../docs/stored-format.md", import.meta.url), "utf8");

test("every event type stands in the table with its version, control fields and values", async () => {
  expect(await page()).toContain(eventTable());
});

test("metadata are told field by field", async () => {
  expect(await page()).toContain(metadataLine());
});
