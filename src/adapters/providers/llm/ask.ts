// What is asked of a model and what it says, whatever is spoken on the wire.
import type { Json, JsonObject } from "../../../domain/index.ts";

export type Image = { readonly mime: string; readonly base64: string };

export type Tool = {
  readonly name: string;
  readonly description?: string | undefined;
  /** A JSON Schema of its arguments. */
  readonly parameters: JsonObject;
};

export type ToolCall = { readonly id: string; readonly name: string; readonly arguments: JsonObject };

export type Message = {
  readonly role: "system" | "user" | "assistant" | "tool";
  readonly text: string;
  readonly images: readonly Image[];
  /** Of an assistant. */
  readonly calls: readonly ToolCall[];
  /** Of a tool: the call that it answers. */
  readonly answers?: { readonly id: string; readonly name: string };
};

export type Ask = {
  readonly model: string;
  readonly messages: readonly Message[];
  readonly temperature?: number | undefined;
  readonly topP?: number | undefined;
  readonly maxTokens?: number | undefined;
  readonly stop: readonly string[];
  readonly seed?: number | undefined;
  /** Any JSON, or JSON of that schema. */
  readonly format?: "json" | JsonObject | undefined;
  readonly tools: readonly Tool[];
  /** The server's own, as they are. */
  readonly options: JsonObject;
};

/** What one event of a stream adds to an answer. */
export type Piece =
  | { readonly kind: "text" | "thinking"; readonly text: string }
  /** Part of a call: JSON of its arguments in pieces. */
  | {
      readonly kind: "call-part";
      readonly index: number;
      readonly id?: string | undefined;
      readonly name?: string | undefined;
      readonly argumentsText: string;
    }
  | {
      readonly kind: "call";
      readonly id?: string | undefined;
      readonly name: string;
      readonly arguments: JsonObject;
    }
  | { readonly kind: "facts"; readonly facts: Facts }
  | { readonly kind: "fault"; readonly type: string; readonly message: string }
  /** Nothing is missing. */
  | { readonly kind: "end" };

export type Facts = {
  readonly model?: string | undefined;
  readonly digest?: string | undefined;
  readonly finishReason?: string | undefined;
  readonly promptTokens?: number | undefined;
  readonly completionTokens?: number | undefined;
  readonly durationMs?: number | undefined;
};

/** A tool that only stands for the answer, where the protocol has no other way to ask for a schema. */
export const ANSWER_TOOL = "gleitzeit_answer";

export type WireRequest = {
  readonly method: "GET" | "POST";
  /** Below the endpoint's address. */
  readonly path: string;
  /** What is undefined in it is not sent. */
  readonly body?: Readonly<Record<string, unknown>>;
};

export type ListedModel = { readonly name: string; readonly digest?: string | undefined };
export type Embedded = {
  readonly embeddings: readonly (readonly number[])[];
  readonly facts: Facts;
};

/** One protocol: pure translation, both ways. */
export type Wire = {
  /** An event is a line, or a server-sent event. */
  readonly framing: "lines" | "events";
  readonly headers: (apiKey: string | undefined) => Readonly<Record<string, string>>;
  /** Why this cannot be asked here, by the param that asks for it. */
  readonly cannot: (ask: Ask) => { readonly param: string; readonly why: string } | undefined;
  readonly chat: (ask: Ask) => WireRequest;
  readonly complete: (ask: Ask) => WireRequest;
  /** Of one event, or of an answer that came in one piece. */
  readonly pieces: (event: JsonObject) => readonly Piece[];
  readonly embed?: (model: string, texts: readonly string[], options: JsonObject) => WireRequest;
  /** Undefined for an answer that is none. */
  readonly embedded: (answer: Json) => Embedded | undefined;
  readonly list: WireRequest;
  readonly listed: (answer: Json) => readonly ListedModel[] | undefined;
  /** What a model's name stands for today is told with the list. */
  readonly listsDigests: boolean;
};
