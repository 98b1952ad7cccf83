// A server of MCP and an endpoint of JSON-RPC in one. Its first call starts a child and never comes back: it hears
// neither its input nor SIGTERM any more. Later ones, which find the file of the first, are answered.
import { spawn } from "node:child_process";
import { existsSync, renameSync, writeFileSync } from "node:fs";
import { createInterface } from "node:readline";

process.on("SIGTERM", () => undefined);

const TOOL = { name: "dive", description: "Dives.", inputSchema: { type: "object" } };

function answer(method, params) {
  switch (method) {
    case "initialize": {
      const { protocolVersion } = params;
      return { protocolVersion, capabilities: { tools: {} }, serverInfo: { name: "deaf", version: "1" } };
    }
    case "tools/list":
      return { tools: [TOOL] };
    case "tools/call":
      return dived({ content: [{ type: "text", text: "back" }] });
    default:
      return dived("back");
  }
}

function dived(result) {
  if (existsSync("begun")) return result;
  spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"], { stdio: "ignore" }).on("spawn", () => {
    writeFileSync("begun.new", String(process.pid));
    renameSync("begun.new", "begun");
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
  });
  return undefined;
}

for await (const line of createInterface({ input: process.stdin })) {
  const { id, method, params } = JSON.parse(line);
  if (id === undefined) continue;
  const result = answer(method, params);
  if (result !== undefined) process.stdout.write(`${JSON.stringify({ jsonrpc: "2.0", id, result })}\n`);
}
