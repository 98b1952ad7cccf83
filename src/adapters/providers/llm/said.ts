// The pieces of an answer, put together: text, calls of tools, counts. Bounded, and told whole from half.
import { isObject, type JsonObject, parseJson } from "../../../domain/index.ts";
import type { CallContext } from "../../../engine/ports/index.ts";
import { ANSWER_TOOL, type Facts, type Piece, type ToolCall } from "./ask.ts";
import { failed, partialEvidence } from "./failed.ts";
import { brokenOff, type Server } from "./server-fault.ts";

export type Said = {
  readonly text: string;
  readonly thinking: string;
  readonly calls: readonly ToolCall[];
  readonly facts: Facts;
};

export type Listening = {
  readonly server: Server;
  readonly model: string;
  readonly mostBytes: number;
  readonly emit: CallContext["emit"];
};

type PartOfCall = { id: string | undefined; name: string; argumentsText: string };

export function listener({ server, model, mostBytes, emit }: Listening) {
  const parts = new Map<number, PartOfCall>();
  const calls: ToolCall[] = [];
  let text = "";
  let thinking = "";
  let size = 0;
  let facts: Facts = {};
  let isWhole = false;

  const grow = (by: number): void => {
    size += by;
    if (size <= mostBytes) return;
    throw failed(
      "TASK_RESULT_INVALID",
      `the answer of ${server.origin} is larger than the limit of ${mostBytes} bytes`,
    );
  };

  const hear = (piece: Piece): void => {
    switch (piece.kind) {
      case "text":
        grow(piece.text.length);
        text += piece.text;
        emit({ kind: "text", text: piece.text });
        break;
      case "thinking":
        grow(piece.text.length);
        thinking += piece.text;
        emit({ kind: "thinking", text: piece.text });
        break;
      case "call":
        grow(piece.name.length + JSON.stringify(piece.arguments).length);
        calls.push({ id: piece.id ?? `call_${calls.length}`, name: piece.name, arguments: piece.arguments });
        break;
      case "call-part": {
        grow(piece.argumentsText.length);
        const part = parts.get(piece.index) ?? { id: undefined, name: "", argumentsText: "" };
        part.id ??= piece.id;
        part.name ||= piece.name ?? "";
        part.argumentsText += piece.argumentsText;
        parts.set(piece.index, part);
        break;
      }
      case "facts":
        facts = { ...facts, ...known(piece.facts) };
        break;
      case "fault":
        throw brokenOff(server, piece, model);
      case "end":
        isWhole = true;
        break;
    }
  };

  const end = (): Said => {
    if (!isWhole) {
      const message = `${server.origin} ended its answer in the middle`;
      throw failed("CONNECTION_LOST", message, { evidence: partialEvidence(text) });
    }
    const put = [...parts.values()];
    const answer = put.filter(({ name }) => name === ANSWER_TOOL).map(({ argumentsText }) => argumentsText);
    const named = put.filter(({ name }) => name !== ANSWER_TOOL);
    return {
      text: text + answer.join(""),
      thinking,
      calls: [
        ...calls,
        ...named.map((part, i) => ({ ...callOf(part), id: part.id ?? `call_${calls.length + i}` })),
      ],
      facts,
    };
  };

  return { hear, end, isWhole: () => isWhole, text: () => text };
}

/** A later event that does not say something does not take it back. */
const known = (facts: Facts): Facts =>
  Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined));

function callOf({ name, argumentsText }: PartOfCall): {
  readonly name: string;
  readonly arguments: JsonObject;
} {
  try {
    const value = argumentsText.trim() === "" ? {} : parseJson(argumentsText);
    if (isObject(value)) return { name, arguments: value };
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  throw failed("TASK_RESULT_INVALID", `the model calls ${name} with arguments that are no JSON object`, {
    evidence: partialEvidence(argumentsText),
  });
}
