// Whose data a run holds: a document names an input for it, and each run says who that is.
import { describe, expect, test } from "vitest";
import type { Json } from "../../../src/domain/index.ts";
import { subjectOf } from "../../../src/domain/index.ts";
import { defined, told, withTask } from "./catalog.ts";

const inputs = {
  who: { type: "string" },
  number: { type: "integer" },
  token: { type: "string", secret: true },
} as const;
const document = (subject: string) => ({ ...withTask({}), inputs, subject });
const subject = (text: string, who: Json = "anna", number = 7) =>
  subjectOf(defined(document(text)), { who, number });

describe("the subject of a run", () => {
  test.each([
    ["${inputs.who}", "anna"],
    ["customer-${inputs.who}", "customer-anna"],
    ["${inputs.number}", "7"],
    ["${inputs.who}/$${x}", "anna/${x}"],
  ])("%s is %s", (text, is) => {
    expect(subject(text)).toEqual({ ok: true, value: is });
  });

  test("is none where the document names none, and a fault where the input is not there", () => {
    expect(subjectOf(defined(withTask({})), {})).toBeUndefined();
    expect(subjectOf(defined(document("${inputs.who}")), {})).toMatchObject({
      ok: false,
      error: { message: expect.stringContaining("has no key `who`") },
    });
  });
});

describe("a document cannot say", () => {
  test.each([
    ["$${inputs.who}", "`subject` must come from an input: `$${` only stands for the text `${`"],
    ["${run.id}", "`subject` may refer to inputs only, not to `${run.id}`"],
    ["${inputs.who} of ${a}", "`subject` may refer to inputs only, not to `${a}`"],
    ["${inputs.token}", "`${inputs.token}` is secret, and a subject is no secret"],
  ])("%s", (text, message) => {
    expect(told(document(text))).toEqual([`WORKFLOW_VALIDATION_FAILED subject: ${message}`]);
  });

  test("an input that there is not, nor a reference that is broken", () => {
    expect(told(document("${inputs.whom}"))).toEqual([expect.stringMatching(/subject: .*`who`/)]);
    expect(told(document("${inputs.}"))).toEqual([expect.stringMatching(/subject: the reference /)]);
  });
});
