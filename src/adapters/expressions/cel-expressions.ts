// CEL, kept on a leash: what could run for long or reach beyond its values is refused before it is evaluated.
import {
  Environment,
  EvaluationError,
  ParseError,
  type ParseResult,
  TypeError as TypeProblem,
} from "@marcbachmann/cel-js";
import type { Evaluated, Expressions } from "../../domain/index.ts";
import { guard } from "./cel-guard.ts";
import { asCel, asJson, Unfit } from "./cel-values.ts";

/** Names a document's expression may read. What stands under them is not known before it runs. */
const OF_DOCUMENTS: Readonly<Record<string, "map" | "dyn">> = {
  inputs: "map",
  tasks: "map",
  run: "map",
  item: "dyn",
  index: "dyn",
};

const LIMITS = { maxAstNodes: 400, maxDepth: 50, maxListElements: 1000, maxMapEntries: 1000 };

/** Expressions kept parsed; the same few are asked again and again. */
const KEPT = 1000;

type Parsed =
  | { readonly ok: true; readonly run: ParseResult; readonly hasMacros: boolean }
  | { readonly ok: false; readonly message: string };

/** `names`: what expressions of another kind may read, each a map. */
export function celExpressions(names?: readonly string[]): Expressions {
  const environment = withNumbers(
    new Environment({
      enableOptionalTypes: true,
      homogeneousAggregateLiterals: false,
      limits: LIMITS,
    }),
  );
  const variables = names ? Object.fromEntries(names.map((name) => [name, "map" as const])) : OF_DOCUMENTS;
  for (const [name, type] of Object.entries(variables)) environment.registerVariable(name, type);
  const kept = new Map<string, Parsed>();

  const parsed = (text: string): Parsed => {
    const known = kept.get(text);
    if (known) return known;
    const fresh = parse(text, environment);
    if (kept.size >= KEPT) kept.clear();
    kept.set(text, fresh);
    return fresh;
  };

  return {
    problem: (text) => {
      const found = parsed(text);
      return found.ok ? undefined : found.message;
    },
    evaluate: (text, values) => {
      const found = parsed(text);
      if (!found.ok) return found;
      return guarded(() => {
        const context = Object.fromEntries(
          Object.entries(values).map(([name, value]) => [name, asCel(value, found.hasMacros)]),
        );
        return { ok: true, value: asJson(found.run(context)) };
      });
    },
  };
}

/** Numbers of JSON are doubles, numbers in the text integers: they may meet. */
function withNumbers(environment: Environment): Environment {
  const operators: Readonly<Record<string, (a: number, b: number) => number>> = {
    "+": (a, b) => a + b,
    "-": (a, b) => a - b,
    "*": (a, b) => a * b,
    "/": (a, b) => a / b,
    "%": (a, b) => a % b,
  };
  for (const [sign, apply] of Object.entries(operators)) {
    const mixed = (a: number | bigint, b: number | bigint): number => apply(Number(a), Number(b));
    environment.registerOperator(`double ${sign} int: double`, mixed);
    environment.registerOperator(`int ${sign} double: double`, mixed);
    if (sign === "%") environment.registerOperator(`double ${sign} double`, mixed);
  }
  environment.registerOperator("double == int: bool", (a: number, b: bigint) => a === Number(b));
  return environment;
}

function parse(text: string, environment: Environment): Parsed {
  try {
    const run = environment.parse(text);
    const guarded = guard(run.ast);
    if (guarded.problem !== undefined) return { ok: false, message: guarded.problem };
    const { valid, error, type } = run.check();
    if (!valid) return { ok: false, message: messageOf(error) };
    if (type !== undefined && type !== "bool" && type !== "dyn")
      return { ok: false, message: `it gives ${type}, and must give true or false` };
    return { ok: true, run, hasMacros: guarded.hasMacros };
  } catch (error) {
    return { ok: false, message: messageOf(error) };
  }
}

function guarded(evaluate: () => Evaluated): Evaluated {
  try {
    return evaluate();
  } catch (error) {
    return { ok: false, message: messageOf(error) };
  }
}

const HINTS: Readonly<Record<string, string>> = {
  no_such_key: "; `has(…)` asks for it, `.?name.orValue(…)` gives a default",
  invalid_macro_argument: "; `….?name.hasValue()` asks behind any path",
};

/** The library's own errors, and the stack or memory that a strange expression would exhaust, are answers. */
function messageOf(error: unknown): string {
  if (error instanceof EvaluationError || error instanceof ParseError || error instanceof TypeProblem) {
    const hint = HINTS[error.code] ?? "";
    const place = error.range ? ` (column ${error.range.start + 1})` : "";
    return `${lowered(error.summary)}${place}${hint}`;
  }
  if (error instanceof Unfit) return error.message;
  return `it cannot be evaluated: ${error instanceof Error ? error.message : String(error)}`;
}

const lowered = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);
