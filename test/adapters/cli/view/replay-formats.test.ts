// What a gate hands to others is read by their programs: XML that XML parsers take, in the elements and attributes that
// readers of JUnit reports know (jenkinsci/xunit-plugin, junit-10.xsd), and Markdown whose tables stay tables.
import fc from "fast-check";
import { expect, test } from "vitest";
import { replayJunit } from "../../../../src/adapters/cli/view/replay-junit.ts";
import { replayMarkdown } from "../../../../src/adapters/cli/view/replay-markdown.ts";
import { RunId } from "../../../../src/domain/index.ts";
import type { ReplayedAll } from "../../../../src/engine/index.ts";

const RUN = RunId.parse("0190a2b4-7c1e-7d0a-8b1f-2b7e5a1c9d3e");

const nasty = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.string({
    unit: fc.constantFrom(
      "<",
      "&",
      '"',
      "'",
      "]]>",
      "|",
      "`",
      "\\",
      "\n",
      "\r",
      "\u0000",
      "\ufffe",
      "\uffff",
      "\ud800",
      "a",
    ),
  }),
);

const found: fc.Arbitrary<ReplayedAll> = fc
  .array(fc.record({ workflow: nasty, path: nasty, expected: nasty, actual: nasty, fails: fc.nat(2) }), {
    minLength: 1,
    maxLength: 4,
  })
  .map((ones) => {
    const results = ones.map(({ workflow, path, expected, actual, fails }) => ({
      runId: RUN,
      workflow,
      status: "succeeded" as const,
      unknown: 0,
      events: 9,
      divergences:
        fails === 1
          ? [
              {
                task: "one",
                event: null,
                revision: 3,
                type: null,
                kind: "params" as const,
                path,
                expected,
                actual,
              },
            ]
          : [],
      ...(fails === 2 && {
        error: { code: "INTERNAL_ERROR" as const, message: actual, retryable: false, details: {} },
      }),
    }));
    const different = results.filter(({ divergences }) => divergences.length > 0);
    const failed = results.filter((one) => one.error !== undefined).length;
    return {
      mode: "stub",
      runs: results.length,
      same: results.length - different.length - failed,
      different: different.length,
      unknown: 0,
      failed,
      events: 9,
      causes: different.flatMap(({ workflow, divergences }) =>
        divergences.map(({ kind, task, path, expected, actual }) => ({
          workflow,
          kind,
          task,
          path,
          runs: 1,
          example: { runId: RUN, event: null, expected, actual },
        })),
      ),
      results,
    };
  });

const ATTRIBUTES: Readonly<Record<string, readonly string[]>> = {
  testsuites: ["name", "tests", "failures", "errors"],
  testsuite: ["name", "tests", "failures", "errors"],
  testcase: ["classname", "name"],
  failure: ["type", "message"],
  error: ["type", "message"],
};
const WITHIN: Readonly<Record<string, string | undefined>> = {
  testsuites: undefined,
  testsuite: "testsuites",
  testcase: "testsuite",
  failure: "testcase",
  error: "testcase",
};

/** Reads it by the letter of XML 1.0; what is not so throws. Says how many there are of each element. */
function readXml(text: string): ReadonlyMap<string, number> {
  const declared = '<?xml version="1.0" encoding="UTF-8"?>\n';
  expect(text.startsWith(declared)).toBe(true);
  expect(text).not.toMatch(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u);
  const counts = new Map<string, number>();
  const open: string[] = [];
  const TOKEN = /<(\/?)(\w+)((?: \w+="[^"<]*")*)(\/?)>|[^<]+/y;
  TOKEN.lastIndex = declared.length;
  while (TOKEN.lastIndex < text.length) {
    const at = TOKEN.lastIndex;
    const token = TOKEN.exec(text);
    if (!token) throw new Error(`no XML at ${at}: ${text.slice(at, at + 60)}`);
    const [whole, closes, name, attributes = "", isEmpty] = token;
    expect(whole).not.toMatch(/&(?!(?:amp|lt|gt|quot|#39);)/);
    if (name === undefined) continue;
    if (closes) {
      expect(open.pop()).toBe(name);
      continue;
    }
    expect(WITHIN[name]).toBe(open.at(-1));
    expect([...attributes.matchAll(/ (\w+)=/g)].map(([, one]) => one)).toEqual(ATTRIBUTES[name]);
    counts.set(name, (counts.get(name) ?? 0) + 1);
    if (!isEmpty) open.push(name);
  }
  expect(open).toEqual([]);
  return counts;
}

test("the JUnit report can be read, whatever documents say in it, and counts what it says it counts", () => {
  fc.assert(
    fc.property(found, (all) => {
      const counts = readXml(replayJunit(all));
      expect(counts.get("testcase") ?? 0).toBe(all.runs);
      expect(counts.get("failure") ?? 0).toBe(all.different);
      expect(counts.get("error") ?? 0).toBe(all.failed);
    }),
  );
});

test("the reading can fail", () => {
  const head = '<?xml version="1.0" encoding="UTF-8"?>\n';
  expect(() =>
    readXml(`${head}<testsuites name="&" tests="1" failures="0" errors="0"></testsuites>`),
  ).toThrow();
  expect(() =>
    readXml(`${head}<testsuites name="\uffff" tests="1" failures="0" errors="0"></testsuites>`),
  ).toThrow();
  expect(() => readXml(`${head}<testcase classname="a" name="b"/>`)).toThrow();
});

test("every row of the Markdown table has its seven cells, and no line is anything else", () => {
  fc.assert(
    fc.property(found, (all) => {
      const rows = replayMarkdown(all)
        .split("\n")
        .filter((line) => line.startsWith("|"));
      if (all.causes.length > 0) expect(rows).toHaveLength(all.causes.length + 2);
      for (const row of rows) expect(row.replace(/\\[\\|]/g, "").split("|")).toHaveLength(9);
    }),
  );
});
