// Params against a method's schema: every problem with its place. Of a union's branches only the one that
// was meant is spoken of, since "invalid input" helps nobody.
import type { z } from "zod";
import { type ErrorInfo, errorInfo, type Json, pathText } from "../../domain/index.ts";
import type { Method } from "./provider.ts";

type Path = readonly (string | number)[];

export type ParamProblem = { readonly path: Path; readonly message: string };

type Issue = z.core.$ZodIssue;

export function paramProblems({ params: schema }: Method, params: Json): readonly ParamProblem[] {
  const parsed = schema.safeParse(params);
  return parsed.success ? [] : parsed.error.issues.flatMap((issue) => problemsOf(issue, []));
}

/** The refusal of a call whose params have these problems; at least one. */
export function invalidParams(problems: readonly ParamProblem[]): ErrorInfo {
  const listed = problems.map(({ path, message }) => ({ path: pathText(["params", ...path]), message }));
  const [first] = listed;
  const more = listed.length > 1 ? ` (and ${listed.length - 1} more)` : "";
  return errorInfo("INVALID_PARAMS", `${first?.path ?? "params"}: ${first?.message ?? "invalid"}${more}`, {
    details: { problems: listed },
  });
}

function problemsOf(issue: Issue, base: Path): readonly ParamProblem[] {
  const path = [...base, ...issue.path.map((step) => (typeof step === "number" ? step : String(step)))];
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) => ({ path: [...path, key], message: `unknown parameter \`${key}\`` }));
  }
  if (issue.code === "invalid_union" && issue.errors.length > 0) {
    const branch = meant(issue.errors);
    if (branch) return branch.flatMap((inner) => problemsOf(inner, path));
    return [{ path, message: `expected ${expectations(issue.errors)}` }];
  }
  return [{ path, message: plain(issue.message) }];
}

/** The branch whose kind of value this is, with the fewest keys unknown to it; the first of equals. */
function meant(branches: readonly (readonly Issue[])[]): readonly Issue[] | undefined {
  const strangers = (issues: readonly Issue[]): number =>
    issues.reduce((sum, issue) => sum + (issue.code === "unrecognized_keys" ? issue.keys.length : 0), 0);
  return branches
    .filter((issues) => !issues.some(isWrongKind))
    .toSorted((a, b) => strangers(a) - strangers(b))[0];
}

const isWrongKind = ({ code, path }: Issue): boolean =>
  path.length === 0 && (code === "invalid_type" || code === "invalid_value");

function expectations(branches: readonly (readonly Issue[])[]): string {
  const kinds = branches.flatMap((issues) =>
    issues
      .filter(isWrongKind)
      .map(({ message }) => /expected (.+?)(?:, received .+)?$/.exec(plain(message))?.[1] ?? message),
  );
  return [...new Set(kinds)].join(" or ");
}

const plain = (message: string): string =>
  message.replace(/^Invalid input: /, "").replace(/, received undefined$/, ", but it is missing");
