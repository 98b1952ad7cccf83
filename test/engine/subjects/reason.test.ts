// What may be said of why, for good.
import { expect, test } from "vitest";
import { checkReason } from "../../../src/engine/subjects/reason.ts";

test.each([
  ["anna", "Anna asked for it"],
  ["anna", "as ANNA's lawyer says"],
  ["anna@example.com", "mail of anna@example.com, 1 March"],
  ["Zoë", "Zoe\u0308 asked"],
  ["4711", "customer 4711"],
  ["C++ fan (x)", "the C++ fan (x)"],
])("of %s, %j is refused, and the refusal does not repeat it", (subject, reason) => {
  let refused: unknown;
  try {
    checkReason(reason, subject);
  } catch (error) {
    refused = error;
  }
  expect(refused).toMatchObject({
    code: "INVALID_REQUEST",
    message: expect.stringContaining("request 2026-114"),
  });
  expect(String(refused)).not.toContain(subject);
});

test.each([
  ["ann", "the contract was annulled"],
  ["4711", "case 14711"],
  ["anna", "request 2026-114"],
])("of %s, %j says nothing", (subject, reason) => {
  expect(() => checkReason(reason, subject)).not.toThrow();
});
