// A server of tools for tests, on stdio or HTTP, with every fault that a real one can have. What happens inside is told
// over a socket of the test's: argv is the socket's path or `-`, then `stdio` or `http`, then what it does wrong from its start.
import { randomUUID } from "node:crypto";
import { createServer } from "node:http";
import { connect } from "node:net";
import process from "node:process";
import { Server } from "@modelcontextprotocol/sdk/server/index.js";
import { StdioServerTransport } from "@modelcontextprotocol/sdk/server/stdio.js";
import { StreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/streamableHttp.js";
import {
  CallToolRequestSchema,
  GetPromptRequestSchema,
  ListPromptsRequestSchema,
  ListResourcesRequestSchema,
  ListToolsRequestSchema,
  McpError,
  ReadResourceRequestSchema,
} from "@modelcontextprotocol/sdk/types.js";
import { object, said, toolsOf } from "./harbour-tools.mjs";

const [socketPath, kind, ...faults] = process.argv.slice(2);
const has = (fault) => faults.includes(fault);
const signals = socketPath === "-" ? undefined : connect(socketPath);
const tell = (word) => signals?.write(`${word}\n`);
const added = [];
const TOOLS = toolsOf(tell, added);

const listed = () => [
  ...Object.entries(TOOLS).map(([name, { run: _, ...tool }]) => ({
    name,
    description: `It is ${name}.`,
    ...tool,
  })),
  ...added.map((name) => ({ name, inputSchema: object({}) })),
];

function server() {
  const made = new Server(
    { name: "harbour", version: "1.2.3" },
    {
      capabilities: { tools: { listChanged: true }, ...(!has("bare") && { resources: {}, prompts: {} }) },
      instructions: "Mind the tide.",
    },
  );
  // Two pages, so that whoever lists has to turn one.
  made.setRequestHandler(ListToolsRequestSchema, ({ params }) => {
    tell("listed");
    const half = Math.ceil(listed().length / 2);
    return params?.cursor === "2"
      ? { tools: listed().slice(half) }
      : { tools: listed().slice(0, half), nextCursor: "2" };
  });
  made.setRequestHandler(CallToolRequestSchema, ({ params: { name, arguments: args } }, extra) => {
    tell(`called ${name}`);
    // As it stands: the SDK would not let everything through.
    const answer = (result) => made.transport.send({ jsonrpc: "2.0", id: extra.requestId, result });
    return added.includes(name) ? said({ anew: true }) : TOOLS[name].run(args, { ...extra, answer });
  });
  if (has("bare")) return made;
  const uri = "builtin://about";
  made.setRequestHandler(ListResourcesRequestSchema, () => ({ resources: [{ name: "about", uri }] }));
  made.setRequestHandler(ReadResourceRequestSchema, ({ params }) => {
    if (params.uri !== uri) throw new McpError(-32002, `there is no ${params.uri}`);
    return { contents: [{ uri, text: "A harbour." }] };
  });
  made.setRequestHandler(ListPromptsRequestSchema, () => ({ prompts: [{ name: "summarize" }] }));
  made.setRequestHandler(GetPromptRequestSchema, ({ params }) => ({
    messages: [
      { role: "user", content: { type: "text", text: `${params.name}: ${params.arguments?.text}` } },
    ],
  }));
  return made;
}

async function onStdio() {
  tell(`started ${process.pid}`);
  if (has("greet")) process.stdout.write('Welcome to the harbour!\n{"half": \n\n');
  if (has("mute")) return process.stdin.resume();
  if (has("quit")) process.exit(7);
  await server().connect(new StdioServerTransport());
  process.stdin.on("end", () => process.exit(0));
}

function onHttp() {
  const sessions = new Map();
  const http = createServer(async (request, response) => {
    const id = request.headers["mcp-session-id"];
    tell(`${request.method} ${request.headers.authorization ?? "-"}`);
    if (has("locked") && request.headers.authorization !== "Bearer key")
      return void response.writeHead(401).end();
    if (id === undefined) {
      const transport = new StreamableHTTPServerTransport({
        sessionIdGenerator: randomUUID,
        onsessioninitialized: (given) => void sessions.set(given, transport),
        onsessionclosed: (given) => {
          sessions.delete(given);
          tell("gone session");
        },
      });
      await server().connect(transport);
      return transport.handleRequest(request, response);
    }
    const known = sessions.get(id);
    if (!known) return void response.writeHead(404).end();
    if (request.method === "POST") ofAnswers(response, sessions);
    return known.handleRequest(request, response);
  });
  // Longer than any test: a connection that is closed while it is idle is not what is tested.
  http.keepAliveTimeout = 120_000;
  http.listen(0, "127.0.0.1", () => tell(`port ${http.address().port}`));
}

/** Faults of the way, on demand of the tool that is called: cut the stream, forget the session. */
function ofAnswers(response, sessions) {
  const write = response.write.bind(response);
  response.write = (chunk, ...rest) => {
    const words = Buffer.from(chunk).toString();
    if (words.includes("cut-here")) return response.destroy();
    if (words.includes("forget-here")) sessions.clear();
    return write(chunk, ...rest);
  };
}

signals?.on("error", () => process.exit(1));
if (kind === "stdio") await onStdio();
else onHttp();
