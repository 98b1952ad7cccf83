// A JSON-RPC server for tests, as a program or over HTTP, plain and as a provider, with every fault that a real one can
// have. What happens inside is told over a socket of the test's: argv is the socket's path or `-`, then `stdio` or
// `http`, then what it does wrong from its start.
import { spawn } from "node:child_process";
import { createServer } from "node:http";
import { connect } from "node:net";
import process from "node:process";
import { createInterface } from "node:readline";

const [socketPath, kind, ...faults] = process.argv.slice(2);
const has = (fault) => faults.includes(fault);
const signals = socketPath === "-" ? undefined : connect(socketPath);
const tell = (word) => signals?.write(`${word}\n`);

class Refusal extends Error {
  constructor(code, message, data) {
    super(message);
    Object.assign(this, { code, data });
  }
}

const number = { type: "number" };
const string = { type: "string" };
const object = (properties, required = Object.keys(properties)) => ({
  type: "object",
  properties,
  required,
  additionalProperties: false,
});

const held = new Map();
const hold = (id) =>
  new Promise((_, reject) => {
    held.set(id, (how) => {
      tell(`gone ${how}`);
      reject(new Refusal(-29004, "stopped"));
    });
    tell("begun");
  });

/** For ever, whatever is said. */
const busy = () => {
  tell("begun");
  return new Promise(() => undefined);
};

const METHODS = {
  add: { params: object({ a: number, b: number }), result: number, run: ({ a, b }) => a + b },
  echo: { params: object({ text: string }), result: object({ text: string }), run: ({ text }) => ({ text }) },
  greet: { params: object({}), run: () => ({ greeting: "ahoy" }) },
  nothing: { params: object({}), run: () => null },
  context: { params: object({}), run: (_, { context }) => context },
  environment: { params: object({}), run: () => ({ names: Object.keys(process.env), cwd: process.cwd() }) },
  hold: { params: object({}), run: (_, { id }) => hold(id) },
  deaf: { params: object({}), run: () => busy() },
  steps: {
    params: object({}),
    run: (_, { progress }) => {
      progress({ progress: 1, total: 2, text: "half of it" });
      progress({ kind: "text", text: "done" });
      return { done: true };
    },
  },
  lie: { params: object({}), result: object({ depth: number }), run: () => ({ depth: "deep" }) },
  wide: {
    params: object({}),
    run: (_, { raw }) => raw('{"jsonrpc":"2.0","id":$ID,"result":[12345678901234567890]}'),
  },
  big: { params: object({ bytes: number }), run: ({ bytes }) => "x".repeat(bytes) },
  refuse: {
    params: { type: "object" },
    run: ({ code = -29002, message = "the tide is out", data }) => {
      throw new Refusal(code, message, data);
    },
  },
  raw: { params: object({ text: string }), run: ({ text }, { raw }) => raw(text) },
  crash: {
    params: object({}),
    run: () => {
      process.stderr.write("first\nout of rope\n");
      process.exit(3);
    },
  },
  flood: {
    params: object({}),
    run: () => void setInterval(() => process.stdout.write("x".repeat(65536)), 0),
  },
  stick: {
    params: object({}),
    run: () => {
      setImmediate(() => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0));
      return busy();
    },
  },
  child: {
    params: object({}),
    run: () => ({ pid: spawn("sleep", ["600"], { stdio: "ignore" }).pid }),
  },
};

const described = Object.entries(METHODS).map(([name, { params, result }]) => [
  name,
  { description: `It is ${name}.`, params, ...(result && { result }), examples: [] },
]);
const description = () => ({
  protocolVersion: has("future") ? 2 : 1,
  name: "quay",
  version: "1.2.3",
  methods: has("crooked") ? { add: { params: 1 } } : Object.fromEntries(described),
});

/** Undefined when the answer was written already, or is none. */
async function answerTo({ id, method, params = {} }, { write, progress }) {
  const raw = (text) => {
    write(text.replaceAll("$ID", JSON.stringify(id)));
    return undefined;
  };
  const run = (name, given, context) => {
    const known = METHODS[name];
    if (!known) throw new Refusal(-32601, `there is no ${name}`);
    tell(`called ${name}`);
    const args = Array.isArray(given) ? { a: given[0], b: given[1] } : given;
    return known.run(args, { id, context, progress, raw });
  };
  switch (method) {
    case "cancel":
      return held.get(params.id)?.(params.reason ?? "cancelled");
    case "describe":
      if (has("plain")) throw new Refusal(-32601, "there is no describe");
      tell("described");
      return description();
    case "health":
      return has("ill") ? { status: "unhealthy", detail: "the quay is flooded" } : { status: "healthy" };
    case "call":
      return run(params.method, params.params, params.context);
    default:
      return run(method, params);
  }
}

async function serve(text, write) {
  const message = JSON.parse(text);
  const { id } = message;
  const progress = (params) =>
    write(JSON.stringify({ jsonrpc: "2.0", method: "progress", params: { id, ...params } }));
  const said = await answerTo(message, { write, progress }).then(
    (result) => (result === undefined ? undefined : { result }),
    ({ code = -32603, message: why, data }) => ({ error: { code, message: why, data } }),
  );
  held.delete(id);
  if (id !== undefined && said) write(JSON.stringify({ jsonrpc: "2.0", id, ...said }));
}

function onStdio() {
  tell(`started ${process.pid}`);
  if (has("greet")) process.stdout.write("Welcome to the quay!\n\n[1, 2]\n");
  if (has("quit")) process.exit(7);
  if (has("mute")) return process.stdin.resume();
  const lines = createInterface({ input: process.stdin });
  lines.on("line", (line) => void serve(line, (text) => process.stdout.write(`${text}\n`)));
  lines.on("close", () => process.exit(0));
}

const STATUS = { nothing: 204, html: 200, cut: 200 };

function onHttp() {
  const http = createServer(async (request, response) => {
    const pieces = [];
    for await (const piece of request) pieces.push(piece);
    const body = Buffer.concat(pieces).toString();
    const [, what = "", status = "200"] = request.url.split("/");
    tell(`POST ${request.headers.authorization ?? "-"}`);
    response.on(
      "close",
      () => response.writableEnded || held.get(JSON.parse(body).id)?.("by its connection"),
    );
    if (what === "status")
      return void response.writeHead(Number(status), { "retry-after": "7" }).end("not now");
    if (what in STATUS) response.writeHead(STATUS[what], { "content-type": "text/html" });
    if (what === "nothing") return void response.end();
    if (what === "html") return void response.end("<p>Welcome</p>");
    if (what === "cut") return void response.write("{", () => response.destroy());
    const isLines = what === "lines";
    response.setHeader("content-type", isLines ? "application/x-ndjson" : "application/json");
    const written = [];
    await serve(body, (text) => (isLines ? response.write(`${text}\n`) : written.push(text)));
    if (!isLines && written.length === 0) response.statusCode = 202;
    // Without lines only the answer itself is sent.
    response.end(isLines ? "" : written.at(-1));
  });
  http.keepAliveTimeout = 120_000;
  http.listen(0, "127.0.0.1", () => tell(`port ${http.address().port}`));
}

signals?.on("error", () => process.exit(1));
if (kind === "stdio") onStdio();
else onHttp();
