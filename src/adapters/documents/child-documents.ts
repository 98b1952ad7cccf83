// Workflows that a document calls: where they are, and what is wrong with them or with the call.
import { access, realpath } from "node:fs/promises";
import { dirname, isAbsolute, relative, resolve, sep } from "node:path";
import {
  type CallPlace,
  callProblems,
  callsIn,
  type Declarations,
  type Definition,
  GleitzeitError,
  isFileName,
  MOST_NESTED,
  type Problem,
  pathText,
} from "../../domain/index.ts";
import type { LoadedDocument } from "./load-document.ts";

/** A document that calls; without a path it is a value that a program holds. */
type Caller = Partial<Pick<LoadedDocument, "definition" | "path" | "at">>;

export type Lookup = {
  readonly working: string;
  /** By absolute path. */
  readonly load: (path: string) => Promise<LoadedDocument>;
  /** What a registered workflow declares as its inputs; GleitzeitError where there is none, or it leads nowhere. */
  readonly registered: (name: string) => Promise<Declarations>;
};

/** In the folder of the document that calls, then in the working folder; nothing outside both. */
export async function childPath(name: string, folder: string, working: string): Promise<string> {
  const roots = [folder, working];
  for (const root of roots) {
    const path = resolve(root, name);
    if (!(await isThere(path))) continue;
    const real = await realpath(path);
    const inside = await Promise.all(roots.map(async (one) => isInside(real, await realOf(one))));
    if (inside.includes(true)) return real;
    throw refusal(`\`${name}\` lies outside the document's folder and the working folder`);
  }
  throw refusal(
    `there is no file \`${name}\` in ${roots.filter((one, i) => roots.indexOf(one) === i).join(" or ")}`,
  );
}

const refusal = (message: string): GleitzeitError =>
  new GleitzeitError("WORKFLOW_VALIDATION_FAILED", message);

/** With its links followed; of what is no file, the path as it is. */
const realOf = (path: string): Promise<string> => realpath(path).catch(() => resolve(path));

const isThere = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );

function isInside(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return way !== "" && way !== ".." && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

/** All that is wrong with what a valid document calls, and with what that calls in turn; each document is judged once. */
export async function childProblems(root: LoadedDocument, lookup: Lookup): Promise<readonly Problem[]> {
  const start = await realOf(root.path);
  return problemsFrom(root, dirname(start), [start], lookup);
}

/** The same for a document that stands in no file; `folder` is what relative paths in it start from. */
export const childProblemsOf = (
  definition: Definition,
  folder: string,
  lookup: Lookup,
): Promise<readonly Problem[]> => problemsFrom({ definition }, folder, [], lookup);

async function problemsFrom(
  root: Caller,
  rootFolder: string,
  start: readonly string[],
  lookup: Lookup,
): Promise<readonly Problem[]> {
  const problems: Problem[] = [];
  const judged = new Map<string, LoadedDocument>();

  const visit = async (caller: Caller, folder: string, way: readonly string[]): Promise<void> => {
    for (const call of caller.definition ? callsIn(caller.definition) : []) {
      const refuse = (message: string, code: Problem["code"] = "WORKFLOW_VALIDATION_FAILED"): void => {
        problems.push(placed(caller, { code, message, path: call.path }));
      };
      try {
        if (!isFileName(call.workflow)) {
          const declared = await lookup.registered(call.workflow);
          problems.push(...callProblems(call, declared).map((problem) => placed(caller, problem)));
          continue;
        }
        await enter(caller, call, await childPath(call.workflow, folder, lookup.working), way, refuse);
      } catch (error) {
        if (!(error instanceof GleitzeitError)) throw error;
        refuse(error.message, error.code);
      }
    }
  };

  const enter = async (
    caller: Caller,
    call: CallPlace,
    path: string,
    way: readonly string[],
    refuse: (message: string, code?: Problem["code"]) => void,
  ): Promise<void> => {
    if (way.includes(path)) {
      const circle = [...way.slice(way.indexOf(path)), path].map((one) => relative(lookup.working, one));
      return refuse(
        `\`${call.workflow}\` includes itself: ${circle.join(" → ")}`,
        "WORKFLOW_CIRCULAR_DEPENDENCY",
      );
    }
    if (way.length > MOST_NESTED) {
      return refuse(
        `\`${call.workflow}\` is nested deeper than ${MOST_NESTED} levels`,
        "WORKFLOW_CIRCULAR_DEPENDENCY",
      );
    }
    const known = judged.get(path);
    const child = known ?? (await lookup.load(path));
    judged.set(path, child);
    if (!known) problems.push(...child.problems);
    for (const problem of child.definition ? callProblems(call, child.definition.inputs) : []) {
      problems.push(placed(caller, problem));
    }
    if (!known) await visit(child, dirname(path), [...way, path]);
  };

  await visit(root, rootFolder, start);
  return problems;
}

const placed = (
  { path: file, at }: Caller,
  problem: Parameters<NonNullable<LoadedDocument["at"]>>[0] & Pick<Problem, "code" | "message">,
): Problem => ({
  code: problem.code,
  message: problem.message,
  ...(file !== undefined && { file }),
  ...at?.(problem),
  path: pathText(problem.path),
});
