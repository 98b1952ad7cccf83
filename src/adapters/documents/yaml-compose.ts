// YAML text → the library's documents, stopping early: at too much nesting, too many pieces, too many mistakes.
// The library itself would go on, and a hostile text of a few megabytes would take minutes and gigabytes.
import { Composer, type Document, Lexer, Parser } from "yaml";
import { MAX_DEPTH } from "../../domain/index.ts";
import type { TextProblem } from "./located.ts";

export type Composed = {
  readonly documents: readonly Document.Parsed[];
  readonly problems: readonly TextProblem[];
};

const MAX_TOKENS = 4_000_000;
const MAX_MISTAKES = 20;
/** The document itself and what is being read stand on the parser's stack beside the levels of nesting. */
const MAX_STACK = MAX_DEPTH + 4;

/** How reading is given up; never leaves this file. */
class Enough extends Error {}

export function compose(text: string, maxTokens = MAX_TOKENS): Composed {
  const problems: TextProblem[] = [];
  const documents: Document.Parsed[] = [];
  const report = (message: string, at: number): void => {
    if (problems.length < MAX_MISTAKES) problems.push({ message, at });
    else throw new Enough();
  };
  try {
    for (const document of read(text, report, maxTokens)) {
      if (documents.length > 0)
        stop(report, "a second document begins here: keep one in a file", document.range[0]);
      for (const { message, code, pos } of document.errors) report(readable(code, message), pos[0]);
      documents.push(document);
    }
  } catch (error) {
    if (!(error instanceof Enough)) throw error;
  }
  return { documents, problems };
}

type Complain = (message: string, at: number) => void;

function stop(report: Complain, message: string, at: number): never {
  report(message, at);
  throw new Enough();
}

function* read(text: string, report: Complain, maxTokens: number): Generator<Document.Parsed> {
  const parser = new Parser();
  const composer = composerFor(report);
  let tokens = 0;
  for (const lexeme of new Lexer().lex(text)) {
    tokens += 1;
    if (tokens > maxTokens) {
      stop(
        report,
        "the document has too many parts for YAML; write it as JSON, or make it smaller",
        parser.offset,
      );
    }
    for (const token of parser.next(lexeme)) {
      if (token.type === "directive" && !/^%YAML\s+1\.2\s*$/.test(token.source)) {
        stop(
          report,
          `directives such as \`${token.source.trim().slice(0, 40)}\` are not read: remove it`,
          token.offset,
        );
      }
      if (token.type === "error") report(readable("", token.message), token.offset);
      else yield* composer.next(token);
    }
    if (parser.stack.length > MAX_STACK)
      stop(report, `nested deeper than ${MAX_DEPTH} levels`, parser.offset);
  }
  for (const token of parser.end()) {
    if (token.type === "error") report(readable("", token.message), token.offset);
    else yield* composer.next(token);
  }
  yield* composer.end();
}

/** Mistakes come out one by one, so that the first few end the reading. */
function composerFor(report: Complain): Composer {
  const composer = new Composer({
    version: "1.2",
    schema: "core",
    merge: false,
    uniqueKeys: false,
    logLevel: "silent",
  });
  const onError = (source: unknown, code: string, message: string, isWarning?: boolean): void => {
    if (!isWarning) report(readable(code, message), offsetOf(source));
  };
  Object.defineProperty(composer, "onError", { value: onError });
  return composer;
}

function offsetOf(source: unknown): number {
  if (typeof source === "number") return source;
  if (Array.isArray(source)) return Number(source[0]);
  return typeof source === "object" && source !== null && "offset" in source ? Number(source.offset) : 0;
}

const REMEDIES: Readonly<Record<string, string>> = {
  TAB_AS_INDENT: "a tab cannot indent: use spaces",
  MULTILINE_IMPLICIT_KEY: "a key must stand in one line, followed by `:`",
  BLOCK_AS_IMPLICIT_KEY: "a second `: ` in one line: put the text in quotes, or the map on a line of its own",
};

const readable = (code: string, message: string): string => REMEDIES[code] ?? lowerFirst(message);
const lowerFirst = (text: string): string => text.slice(0, 1).toLowerCase() + text.slice(1);
