// A server of models, for tests: it speaks one of the protocols, and the name of the model says what it does.
import type { IncomingMessage, ServerResponse } from "node:http";
import { isList, isObject, type JsonObject } from "../../../../src/domain/index.ts";
import { canary } from "../../outbound/canary.ts";
import { act, scripted } from "./fake-acts.ts";
import { type Heard, type Protocol, textMember } from "./protocols.ts";

export type FakeModels = {
  readonly url: string;
  /** Every question, in order; what was only listed is none. */
  readonly heard: readonly Heard[];
  /** Answers of the next questions, instead of what the model would say. */
  readonly script: (...answers: readonly string[]) => void;
  /** What is said to a question, whenever it comes; undefined leaves it to the model. */
  readonly answers: (say: (heard: Heard) => string | undefined) => void;
  /** The next request that waits: for ever, or until more is written to it. */
  readonly waiting: () => Promise<Waiting>;
  /** Once nothing that was asked is still being answered. */
  readonly quiet: () => Promise<void>;
  readonly close: () => Promise<void>;
};

export type Waiting = {
  readonly request: IncomingMessage;
  readonly say: (text: string) => void;
  readonly end: () => void;
};

const MODELS = ["llama3.2", "nomic-embed-text"];

export async function fakeModels(protocol: Protocol, names: readonly string[] = MODELS): Promise<FakeModels> {
  const heard: Heard[] = [];
  const answers: string[] = [];
  let say: (heard: Heard) => string | undefined = () => answers.shift();
  const queue: Waiting[] = [];
  let tell: ((waiting: Waiting) => void) | undefined;
  const answer = (request: IncomingMessage, response: ServerResponse, body: JsonObject): void => {
    const path = request.url ?? "";
    if (request.method === "GET") {
      response.setHeader("content-type", "application/json").end(protocol.models(names));
      return;
    }
    const one = {
      path,
      headers: request.headers,
      body,
      model: textMember(body, "model"),
      text: protocol.said(body),
    };
    heard.push(one);
    const texts = isList(body.input) ? body.input : [];
    const vectors = texts.map((text, i) => [JSON.stringify(text).length, i, 0.5]);
    if (/embed/.test(path)) {
      response.setHeader("content-type", "application/json").end(protocol.embeddings?.(vectors, one));
      return;
    }
    const wait = (): void => {
      const waiting = {
        request,
        say: (text: string) => response.write(protocol.text(text, one)),
        end: () => response.end(protocol.end(one)),
      };
      if (tell) tell(waiting);
      else queue.push(waiting);
    };
    const told = say(one);
    const asked = { protocol, heard: one, response, wait };
    if (told !== undefined) scripted(asked, told);
    else act(asked);
  };
  const open = new Set<ServerResponse>();
  let rest = (): void => undefined;
  const server = await canary((request, response) => {
    open.add(response);
    response.once("close", () => {
      open.delete(response);
      if (open.size === 0) rest();
    });
    const pieces: Buffer[] = [];
    request.on("data", (piece: Buffer) => pieces.push(piece));
    request.on("end", () => {
      const text = Buffer.concat(pieces).toString();
      const body: unknown = text === "" ? {} : JSON.parse(text);
      answer(request, response, isObject(body) ? body : {});
    });
  });
  const base = protocol.type === "openai" ? "/v1" : "";
  return {
    url: `http://127.0.0.1:${server.port}${base}`,
    heard,
    answers: (given) => {
      say = given;
    },
    script: (...next) => void answers.push(...next),
    waiting: async () => queue.shift() ?? new Promise((resolve) => (tell = resolve)),
    quiet: async () => {
      if (open.size > 0) await new Promise<void>((resolve) => (rest = resolve));
    },
    close: server.close,
  };
}
