// How each protocol looks from the server's side: what is asked, and the frames of an answer.
import { isList, isObject, type Json, type JsonObject } from "../../../../src/domain/index.ts";

export type Heard = {
  readonly path: string;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body: JsonObject;
  readonly model: string;
  /** What the user said last. */
  readonly text: string;
};

export type Protocol = {
  readonly type: "ollama" | "openai" | "anthropic";
  readonly contentType: string;
  readonly start: (model: string) => string;
  readonly text: (text: string, heard: Heard) => string;
  /** `index`: which of the calls of one answer it is. */
  readonly call: (name: string, args: object, heard: Heard, index?: number) => string;
  readonly end: (heard: Heard, reason?: string) => string;
  readonly error: (type: string, message: string) => string;
  /** The same answer in one piece. */
  readonly whole: (text: string, heard: Heard) => string;
  readonly errorBody: (type: string, message: string) => string;
  readonly models: (names: readonly string[]) => string;
  readonly embeddings: ((vectors: readonly (readonly number[])[], heard: Heard) => string) | undefined;
  readonly said: (body: JsonObject) => string;
};

export const line = (value: unknown): string => `${JSON.stringify(value)}\n`;
export const data = (value: unknown): string => `data: ${JSON.stringify(value)}\n\n`;
export const event = (type: string, value: object): string =>
  `event: ${type}\ndata: ${JSON.stringify({ type, ...value })}\n\n`;

export const textMember = (value: Json | undefined, key: string): string => {
  const member = isObject(value) ? value[key] : undefined;
  return typeof member === "string" ? member : "";
};

/** Of the last message of the user, whatever its content is made of. */
export function lastSaid(body: JsonObject): string {
  const messages = isList(body.messages) ? body.messages : [];
  const last = messages.findLast((one) => textMember(one, "role") === "user");
  const content = isObject(last) ? last.content : "";
  if (typeof content === "string") return content;
  return isList(content) ? content.map((part) => textMember(part, "text")).join("") : "";
}

export const COUNTS = { prompt: 7, completion: 5 };
export const CREATED = "2026-11-25T12:00:00Z";

/** How much was said before: no two calls of one conversation have one id. */
export const turnOf = ({ body }: Heard): number => (isList(body.messages) ? body.messages.length : 0);
