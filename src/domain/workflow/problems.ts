// What is wrong with a document, by place in its value; whoever read the text turns places into lines and columns.
import type { ErrorCode } from "../errors.ts";
import type { JsonObject } from "../json.ts";
import type { Expressions } from "./expressions.ts";
import type { Zones } from "./written-instant.ts";

export type Path = readonly (string | number)[];

export type PathProblem = {
  readonly code: ErrorCode;
  readonly message: string;
  readonly path: Path;
  /** The key itself is what is wrong, not its value. */
  readonly at?: "key";
};

/** What can be called, and what else validation needs to know of the world. */
export type MethodCatalog = {
  protocols(): readonly string[];
  methodsOf(protocol: string): readonly string[];
  method(
    protocol: string,
    name: string,
    provider?: string,
    /** With references as they are written; who is meant may stand in them. */
    params?: JsonObject,
  ): { check(params: JsonObject): readonly { readonly path: Path; readonly message: string }[] } | undefined;
  providers(): readonly string[];
  /** Names of the providers that speak a protocol; left out where nobody knows. */
  speakersOf?(protocol: string): readonly string[];
  /** What would make a protocol available that is not. */
  remedy?(protocol: string): string | undefined;
  readonly zones: Zones;
  /** Variables of the environment that documents may read; left out where nobody knows. */
  readonly environment?: ReadonlySet<string> | undefined;
};

/** What stands around a document when it is judged. Without conditions in it nobody is needed who understands them. */
export type Surroundings = MethodCatalog & { readonly expressions?: Expressions };

/** Where the checks put what they find. False: enough was found, looking on is of no use. */
export type Report = (problem: PathProblem) => boolean;

const MAX_PROBLEMS = 1000;

/** Collects up to a thousand problems, so that hostile input costs no more than a careless one. */
export function problemList(): {
  readonly report: Report;
  readonly isFull: () => boolean;
  readonly problems: () => readonly PathProblem[];
} {
  const kept: PathProblem[] = [];
  let more = false;
  const isFull = (): boolean => kept.length >= MAX_PROBLEMS;
  return {
    report(problem) {
      if (isFull()) more = true;
      else kept.push(problem);
      return !more;
    },
    isFull,
    problems: () => (more ? [...kept, TOO_MANY] : kept),
  };
}

const TOO_MANY: PathProblem = {
  code: "WORKFLOW_VALIDATION_FAILED",
  message: `and more: these are the first ${MAX_PROBLEMS} problems`,
  path: [],
};
