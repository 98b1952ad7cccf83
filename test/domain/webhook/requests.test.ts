// What may be asked of an endpoint, up to the last character that is allowed, and what is said of the next.
import { describe, expect, test } from "vitest";
import {
  anyMatches,
  globMatches,
  headersProblem,
  WebhookRequest,
  WebhookUpdate,
} from "../../../src/domain/index.ts";

const problems = (request: object): readonly string[] =>
  (WebhookRequest.safeParse({ url: "https://a.example", ...request }).error?.issues ?? []).map(
    ({ path, message }) => `${path.join(".")}: ${message}`,
  );

describe("an address", () => {
  const ofLength = (length: number): string => "https://a.example/".padEnd(length, "x");

  test.each([
    "http://a.example",
    "https://a.example:8443/hook?a=b@c#d@e",
    "HTTPS://a.example/@x",
    ofLength(2048),
  ])("%s is one", (url) => {
    expect(problems({ url })).toEqual([]);
  });

  test.each([
    [ofLength(2049), "is longer than 2048 characters"],
    ["xhttps://a.example", "must be an absolute address, http: or https:"],
    ["httpsx://a.example", "must be an absolute address, http: or https:"],
    ["/hook", "must be an absolute address, http: or https:"],
    ["https://u:p@a.example/", "holds no user name or password; a header can"],
    ["http://u@a.example", "holds no user name or password; a header can"],
    ["HTTP://u@a.example", "holds no user name or password; a header can"],
  ])("%s is none: %s", (url, message) => {
    expect(problems({ url })).toEqual([`url: ${message}`]);
  });
});

describe("types", () => {
  test.each([
    ["run.faild", 'no event type is or fits "run.faild": did you mean `run.failed`?'],
    ["event.TaskLots", 'no event type is or fits "event.TaskLots": did you mean `event.TaskLost`?'],
    ["zzz", 'no event type is or fits "zzz"; `gleitzeit webhooks create --help` lists them'],
  ])("%s: %s", (glob, message) => {
    expect(problems({ events: ["run.*", glob] })).toEqual([`events.1: ${message}`]);
  });

  test("that fit something are asked for as they stand", () => {
    expect(problems({ events: ["run.*", "*.failed", "event.TaskLost", "event.*"] })).toEqual([]);
  });
});

describe("headers", () => {
  const many = (count: number) =>
    Object.fromEntries(Array.from({ length: count }, (_, i) => [`x-${i}`, "v"]));

  test("are at most twenty", () => {
    expect(headersProblem(many(20))).toBeUndefined();
    expect(headersProblem(many(21))).toBe("at most 20 headers");
  });

  test("have values of 4096 characters that a header can hold", () => {
    expect(headersProblem({ "x-a": `\t é~${"x".repeat(4092)}` })).toBeUndefined();
    for (const value of ["x".repeat(4097), "a\u007f", "a\u0000", "€"])
      expect(headersProblem({ "x-a": value })).toBe(
        "the value of x-a holds what no header can, such as a line break",
      );
  });

  test.each([
    "webhook-",
    "Gleitzeit-x",
    "te",
    "TRAILER",
    "proxy-anything",
    "connection",
    "upgrade",
    "expect",
  ])("%s is ours to set", (name) => {
    expect(headersProblem({ [name]: "v" })).toBe(`${name} is not yours to set`);
  });

  test.each(["x-webhook-id", "team", "hostess", "content-language", "tea"])("%s is not", (name) => {
    expect(headersProblem({ [name]: "v" })).toBeUndefined();
  });

  test("are refused with the place, and without their values", () => {
    const found = problems({ headers: { authorization: "Bearer s3cret\n" } });
    expect(found).toEqual([
      "headers: the value of authorization holds what no header can, such as a line break",
    ]);
    expect(problems({ headers: { authorization: "Bearer s3cret" } })).toEqual([]);
  });
});

test("an update takes a setting away with null, but never the address", () => {
  const away = { events: null, filter: null, max_rate: null, headers: null, description: null };
  expect(WebhookUpdate.safeParse(away).success).toBe(true);
  for (const one of [{ url: null }, { ordered: null }, { payload: null }, { secret: "x" }])
    expect(WebhookUpdate.safeParse(one).success).toBe(false);
});

describe("a glob", () => {
  test.each([
    ["run.*", "run.", true],
    ["run.*", "a run.", false],
    ["*.failed", "run.failed", true],
    ["*.failed", "run.failed.x", false],
    ["a*a", "a", false],
    ["a*a", "aa", true],
    ["a*b*c", "abc", true],
    ["a*b*c", "ac", false],
    ["a*bc*c", "abc", false],
    ["*a*a*", "a", false],
    ["*a*a*", "aba", true],
    ["run.failed", "run.failed", true],
    ["run.failed", "run.failedx", false],
    ["", "", true],
    ["", "a", false],
    ["*", "", true],
  ])("%j and %j: %s", (glob, text, fits) => {
    expect(globMatches(glob, text)).toBe(fits);
  });

  test("of several, one that fits is enough", () => {
    expect(anyMatches(["task.*", "run.*"], "run.failed")).toBe(true);
    expect(anyMatches(["task.*", "webhook.*"], "run.failed")).toBe(false);
    expect(anyMatches([], "run.failed")).toBe(false);
  });
});
