// What replaying all runs came to, as JUnit XML: a test case for each run, a suite for each workflow.
import type { ReplayedAll } from "../../../engine/index.ts";
import { sideText } from "./difference-words.ts";
import { causeText } from "./divergences.ts";
import { escaped as forHtml } from "./html.ts";

type Run = ReplayedAll["results"][number];

/** XML has no room for some characters, not even as references: a report with one of them could not be read at all. */
const escaped = (text: string): string => forHtml(text.toWellFormed().replace(/[\ufffe\uffff]/g, "\ufffd"));

export function replayJunit({ runs, different, failed, results }: ReplayedAll): string {
  const workflows = [...new Set(results.map(({ workflow }) => workflow))];
  const membersOf = (name: string): readonly Run[] => results.filter(({ workflow }) => workflow === name);
  const body = workflows.map((name) => suiteText(name, membersOf(name))).join("");
  return `<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="gleitzeit replay" tests="${runs}" failures="${different}" errors="${failed}">
${body}</testsuites>
`;
}

function suiteText(workflow: string, members: readonly Run[]): string {
  const failures = members.filter(({ divergences }) => divergences.length > 0).length;
  const errors = members.filter(({ error }) => error).length;
  const cases = members.map((one) => caseText(workflow, one)).join("");
  return `  <testsuite name="${escaped(workflow)}" tests="${members.length}" failures="${failures}" errors="${errors}">
${cases}  </testsuite>
`;
}

function caseText(workflow: string, { runId, divergences, error }: Run): string {
  const head = `    <testcase classname="${escaped(workflow)}" name="${runId}"`;
  if (error) return `${head}><error type="${error.code}" message="${escaped(error.message)}"/></testcase>\n`;
  const [first] = divergences;
  if (!first) return `${head}/>\n`;
  const message = escaped(`${first.task ?? "the run"} ${causeText(first)}`);
  const told = divergences.map(
    (one) =>
      `${one.task ?? "the run"} ${causeText(one)} (event ${one.revision ?? "—"}): expected ${sideText(one.expected)}, actual ${sideText(one.actual)}`,
  );
  return `${head}><failure type="${first.kind}" message="${message}">${escaped(told.join("\n"))}</failure></testcase>\n`;
}
