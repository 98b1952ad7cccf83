// A server of models, for tests: it speaks one of the protocols, and the name of the model says what it does.
import type { IncomingMessage, ServerResponse } from "node:http";
import { isList, isObject, type JsonObject } from "../../../../src/domain/index.ts";
import { canary } from "../../outbound/canary.ts";
import { type Heard, type Protocol, textMember } from "./protocols.ts";

export type FakeModels = {
  readonly url: string;
  /** Every question, in order; what was only listed is none. */
  readonly heard: readonly Heard[];
  /** Answers of the next questions, instead of what the model would say. */
  readonly script: (...answers: readonly string[]) => void;
  /** The next request that waits: for ever, or until more is written to it. */
  readonly waiting: () => Promise<Waiting>;
  readonly close: () => Promise<void>;
};

export type Waiting = {
  readonly request: IncomingMessage;
  readonly say: (text: string) => void;
  readonly end: () => void;
};

const MODELS = ["llama3.2", "nomic-embed-text"];

type Asked = {
  readonly protocol: Protocol;
  readonly heard: Heard;
  readonly response: ServerResponse;
  readonly wait: () => void;
};

/** `You said: …`, in pieces that cut characters and frames wherever they fall. */
function speak({ protocol, heard, response }: Asked, text: string): void {
  response.setHeader("content-type", protocol.contentType);
  const words = text.match(/[\s\S]{1,5000}/g) ?? [];
  const frames =
    protocol.start(heard.model) +
    words.map((word) => protocol.text(word, heard)).join("") +
    protocol.end(heard);
  const bytes = Buffer.from(frames);
  const cut = Math.floor(bytes.length / 2) + 1;
  response.write(bytes.subarray(0, cut));
  response.end(bytes.subarray(cut));
}

const begin = ({ protocol, heard, response }: Asked, text: string): void => {
  response.setHeader("content-type", protocol.contentType);
  response.write(protocol.start(heard.model) + protocol.text(text, heard));
};

const refuse = ({ protocol, response }: Asked, status: number, type: string, message: string): void => {
  response.writeHead(status, { "content-type": "application/json" }).end(protocol.errorBody(type, message));
};

const ACTS: Readonly<Record<string, (asked: Asked) => void>> = {
  empty: ({ protocol, heard, response }) => {
    response.setHeader("content-type", protocol.contentType);
    response.end(protocol.start(heard.model) + protocol.end(heard));
  },
  spent: ({ protocol, heard, response }) => {
    response.setHeader("content-type", protocol.contentType);
    response.end(protocol.start(heard.model) + protocol.end(heard, "length"));
  },
  nothing: ({ protocol, response }) => void response.setHeader("content-type", protocol.contentType).end(),
  reset: (asked) => {
    begin(asked, "and then");
    asked.response.socket?.resetAndDestroy();
  },
  cut: (asked) => {
    begin(asked, "and then");
    asked.response.write("", () => asked.response.socket?.end());
  },
  half: (asked) => {
    begin(asked, "and then");
    asked.response.end();
  },
  "half-json": (asked) => {
    begin(asked, "and then");
    asked.response.end(asked.protocol.text("it was cut", asked.heard).slice(0, 30));
  },
  garbage: (asked) => {
    begin(asked, "and then");
    const garbage = "<!doctype html>";
    asked.response.end(asked.protocol.type === "ollama" ? `${garbage}\n` : `data: ${garbage}\n\n`);
  },
  bytes: (asked) => {
    begin(asked, "and then");
    asked.response.end(Buffer.from([0xff, 0xfe, 0xc3]));
  },
  page: ({ response }) => void response.setHeader("content-type", "text/html").end("<h1>Welcome</h1>"),
  midway: (asked) => {
    begin(asked, "and then");
    asked.response.end(asked.protocol.error("overloaded_error", "the bridge is full"));
  },
  huge: (asked) => speak(asked, "x".repeat(3_000_000)),
  "huge-line": ({ protocol, response }) =>
    void response.setHeader("content-type", protocol.contentType).end("x".repeat(3_000_000)),
  away: ({ response }) => void response.writeHead(307, { location: "http://elsewhere.example.org/" }).end(),
  silence: ({ wait }) => wait(),
  drip: (asked) => {
    begin(asked, "drop");
    asked.wait();
  },
  pulled: (asked) => refuse(asked, 503, "unavailable_error", "model is being pulled"),
  absent: (asked) => refuse(asked, 404, "model_not_found", "model 'absent' not found, try pulling it first"),
  quota: (asked) => refuse(asked, 429, "insufficient_quota", "You exceeded your current quota"),
  overloaded: (asked) => refuse(asked, 529, "overloaded_error", "Overloaded"),
  tattler: (asked) => speak(asked, `the key is ${JSON.stringify(asked.heard.headers)}`),
  "tattler-401": (asked) =>
    refuse(asked, 401, "invalid_api_key", `wrong key: ${JSON.stringify(asked.heard.headers)}`),
  caller: ({ protocol, heard, response }) => {
    response.setHeader("content-type", protocol.contentType);
    response.end(
      protocol.start(heard.model) +
        protocol.call("tide", { port: "Büsum" }, heard) +
        protocol.end(heard, "tool_calls"),
    );
  },
  whole: ({ protocol, heard, response }) =>
    void response
      .setHeader("content-type", "application/json")
      .end(protocol.whole(`You said: ${heard.text}`, heard)),
};

function act(asked: Asked): void {
  const { model, text } = asked.heard;
  const status = /^status-(\d+)(?:-(.*))?$/.exec(model);
  if (status) {
    if (status[2] !== undefined) asked.response.setHeader("retry-after", status[2]);
    return refuse(asked, Number(status[1]), "some_error", "the gate\n is shut");
  }
  const named = ACTS[model];
  if (named) named(asked);
  else speak(asked, `You said: ${text}`);
}

export async function fakeModels(protocol: Protocol, names: readonly string[] = MODELS): Promise<FakeModels> {
  const heard: Heard[] = [];
  const answers: string[] = [];
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
    const scripted = answers.shift();
    const asked = { protocol, heard: one, response, wait };
    if (scripted !== undefined) speak(asked, scripted);
    else act(asked);
  };
  const server = await canary((request, response) => {
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
    script: (...next) => void answers.push(...next),
    waiting: async () => queue.shift() ?? new Promise((resolve) => (tell = resolve)),
    close: server.close,
  };
}
