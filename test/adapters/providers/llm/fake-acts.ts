// What a fake server of models does, by the name of the model that is asked.
import type { ServerResponse } from "node:http";
import { type Heard, type Protocol, textMember } from "./protocols.ts";

export type Asked = {
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

/** What a test has written down for it to say: words, `call NAME {…}` for each tool that it asks for, or `refuse STATUS WHY`. */
export function scripted(asked: Asked, text: string): void {
  const { protocol, heard, response } = asked;
  const [, status, why = ""] = /^refuse (\d+) (.*)$/.exec(text) ?? [];
  if (status !== undefined) return refuse(asked, Number(status), "some_error", why);
  const calls = [...text.matchAll(/^call (\S+) (\{.*\})$/gm)];
  if (calls.length === 0) return speak(asked, text);
  const argumentsIn = (json = "{}"): object => Object(JSON.parse(json));
  response.setHeader("content-type", protocol.contentType);
  response.end(
    protocol.start(heard.model) +
      calls.map(([, name = "", json], i) => protocol.call(name, argumentsIn(json), heard, i)).join("") +
      protocol.end(heard, "tool_calls"),
  );
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
  "cut-off": (asked) => {
    begin(asked, '{"boats": 3, "and');
    asked.response.end(asked.protocol.end(asked.heard, "length"));
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
  "tool-answer": ({ protocol, heard, response }) => {
    response.setHeader("content-type", protocol.contentType);
    const name = textMember(heard.body.tool_choice, "name");
    response.end(
      protocol.start(heard.model) + protocol.call(name, { boats: 3 }, heard) + protocol.end(heard),
    );
  },
  "page-endless": ({ response }) => void response.setHeader("content-type", "text/html").write("<h1>Welcome"),
  "huge-endless": (asked) => begin(asked, "x".repeat(1_200_000)),
  "garbage-endless": (asked) => {
    begin(asked, "and then");
    asked.response.write("<!doctype html>\ndata: <!doctype html>\n\n");
  },
  "midway-endless": (asked) => {
    begin(asked, "and then");
    asked.response.write(asked.protocol.error("overloaded_error", "the bridge is full"));
  },
  "refusal-endless": ({ response }) => void response.writeHead(500).write("no ".repeat(50_000)),
  "still-there": ({ protocol, response, wait }) => {
    response.setHeader("content-type", protocol.contentType);
    const sign = protocol.type === "ollama" ? "\n" : ": still there\n\n";
    const drip = (): void => {
      if (!response.destroyed) response.write(sign, () => setImmediate(drip));
    };
    drip();
    wait();
  },
  whole: ({ protocol, heard, response }) =>
    void response
      .setHeader("content-type", "application/json")
      .end(protocol.whole(`You said: ${heard.text}`, heard)),
};

export function act(asked: Asked): void {
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
