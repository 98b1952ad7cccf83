// A provider for tests of the checks: it does all it must, but for the one fault that it is started with.
import process from "node:process";
import { createInterface } from "node:readline";

const [fault] = process.argv.slice(2);
const write = (message) => process.stdout.write(`${JSON.stringify({ jsonrpc: "2.0", ...message })}\n`);
const refusal = (code, message) => ({ error: { code, message } });

const METHODS = {
  knot: {
    description: fault === "wordless" ? undefined : "Ties two ends.",
    params: {
      type: "object",
      properties: { ends: { type: "integer" } },
      required: ["ends"],
      additionalProperties: false,
    },
    result: { type: "object", properties: { knots: { type: "integer" } }, required: ["knots"] },
    examples: fault === "bare" ? [] : [{ ends: fault === "odd-example" ? "two" : 2 }],
  },
  watch: { description: "For ever.", params: { type: "object" }, examples: [{ short: true }], slow: {} },
};

const watches = new Map();

function called({ method, params }, id) {
  if (method === "watch") {
    if (params.short) return { result: null };
    watches.set(id, () => write({ id, ...refusal(-29004, "stopped") }));
    if (fault === "stuck") Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
    return undefined;
  }
  if (method !== "knot") return fault === "eager" ? { result: null } : refusal(-32601, "no such method");
  if (!Number.isInteger(params.ends) && fault !== "careless") return refusal(-32602, "ends: a whole number");
  return { result: fault === "unfit" ? { knots: "one" } : { knots: 1 } };
}

function said(echo) {
  if (typeof echo !== "string")
    return fault === "latin" ? JSON.parse(JSON.stringify(echo).replace(/[^\0-~]/g, "?")) : echo;
  return fault === "short" ? echo.slice(0, 1000) : echo;
}

/** Two that come together get each other's answers. */
let before;
function mixed(id, result) {
  if (fault !== "mixes" || typeof result.echo !== "string" || !/^request/.test(result.echo))
    return write({ id, result });
  if (before === undefined) before = { id, result };
  else {
    write({ id: before.id, result });
    write({ id, result: before.result });
    before = undefined;
  }
}

function answer({ id, method, params = {} }) {
  if (method === "cancel") return fault === "deaf" ? undefined : watches.get(params.id)?.();
  if (id === undefined)
    return fault === "polite" ? write({ id: null, ...refusal(-32601, "what?") }) : undefined;
  if (method === "health") {
    const status = { ill: "unhealthy", dizzy: "fine" }[fault] ?? "healthy";
    return mixed(id, { status, ...(fault !== "forgetful" && { echo: said(params.echo) }) });
  }
  if (method === "describe" && fault !== "mute")
    return write({ id, result: { protocolVersion: fault === "future" ? 7 : 1, methods: METHODS } });
  const reply = method === "call" ? called(params, id) : refusal(-32601, "no such method");
  if (reply) write({ id, ...reply });
}

if (fault === "gone") process.exit(9);
if (fault === "prints") process.stdout.write("Welcome to the pier!\n");
const lines = createInterface({ input: process.stdin });
lines.on("line", (line) => {
  let message;
  try {
    message = JSON.parse(line);
  } catch (error) {
    if (fault === "fragile") throw error;
    return write({ id: null, ...refusal(-32700, "no JSON") });
  }
  if (typeof message.method !== "string")
    return write({ id: null, ...refusal(fault === "vague" ? -1 : -32600, "?") });
  answer(message);
});
lines.on("close", () => {
  if (fault === "stays") setInterval(() => undefined, 60_000);
  else process.exit(fault === "angry" ? 1 : 0);
});
