// webhooks listen: a receiver for whoever writes one, on this machine alone.
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { z } from "zod";
import {
  errorInfoOf,
  GleitzeitError,
  instantOf,
  isObject,
  type Json,
  parseJson,
} from "../../../domain/index.ts";
import type { Command, Context } from "../context.ts";
import { EXIT } from "../exit-codes.ts";
import { CountOption, optionsOf } from "../options.ts";
import { printJsonLine } from "../output.ts";
import { lines } from "../view/text.ts";
import type { WebhookAccess } from "../webhook-access.ts";

const HOST = "127.0.0.1";
const MOST_BYTES = 1024 * 1024;

const Options = z.object({
  port: CountOption(0, 65_535).default(0),
  secretFile: z.string().optional(),
});

export const listen: Command = async ({ options }, context) => {
  const { port, secretFile } = optionsOf(Options, options);
  const secret = secretFile === undefined ? undefined : await secretIn(secretFile);
  // A store that is not there yet is made: endpoints that come later are known here, as they are to whoever makes them.
  const access = await context.parts.webhooks(secret === undefined);
  const { interrupted, err } = context.terminal;
  const server = createServer((request, response) => {
    received(request, response, context, access, secret).catch((error: unknown) => {
      response.writeHead(500).end();
      err.write(`${lines(errorInfoOf(error).message)}\n`);
    });
  });
  server.listen(port, HOST);
  try {
    await once(server, "listening");
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new GleitzeitError("CONNECTION_REFUSED", `cannot listen on ${HOST}:${port}: ${why}`, {
      cause: error,
    });
  }
  const address = server.address();
  const at = typeof address === "object" && address ? address.port : port;
  if (!context.globals.quiet) err.write(`listening on http://${HOST}:${at}\n`);
  if (!interrupted.aborted) await once(interrupted, "abort");
  server.closeAllConnections();
  server.close();
  return EXIT.done;
};

async function secretIn(file: string): Promise<string> {
  try {
    return (await readFile(file, "utf8")).trim();
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new GleitzeitError("USAGE_ERROR", `--secret-file: ${why}`, { cause: error });
  }
}

async function received(
  request: IncomingMessage,
  response: ServerResponse,
  { parts, globals, terminal: { out } }: Context,
  { signatureProblem }: WebhookAccess,
  secret: string | undefined,
): Promise<void> {
  const bytes = await bodyOf(request);
  if (!bytes) return void response.writeHead(413).end();
  const problem = await problemOf(() => signatureProblem({ headers: request.headers, body: bytes }, secret));
  const body = jsonIn(bytes);
  const word = challengeIn(body);
  if (word !== undefined) response.writeHead(200, { "content-type": "text/plain" }).end(word);
  else response.writeHead(problem === undefined ? 204 : 401).end();
  const id = request.headers["webhook-id"];
  const at = instantOf(parts.clock.now());
  const document = {
    at,
    id: typeof id === "string" ? id : null,
    verified: problem === undefined,
    problem: problem ?? null,
    body,
  };
  if (globals.json) return printJsonLine(out, document);
  const verdict = problem === undefined ? "verified" : `NOT VERIFIED: ${problem}`;
  out.write(lines(`${at} ${document.id ?? "no id"} ${verdict}\n${JSON.stringify(body, null, 2)}\n`));
}

/** Answered whoever asks: the endpoint is made, and its secret known, only once it is. */
function challengeIn(body: Json): string | undefined {
  if (!isObject(body) || body.type !== "webhook.challenge" || !isObject(body.data)) return undefined;
  const { challenge } = body.data;
  return typeof challenge === "string" ? challenge : undefined;
}

/** An endpoint that this store does not know has no secret here: that is a finding too. */
async function problemOf(find: () => Promise<string | undefined>): Promise<string | undefined> {
  try {
    return await find();
  } catch (error) {
    if (error instanceof GleitzeitError) return error.message;
    throw error;
  }
}

async function bodyOf(request: IncomingMessage): Promise<Uint8Array | undefined> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  for await (const piece of request) {
    const bytes = Buffer.from(piece);
    size += bytes.length;
    if (size > MOST_BYTES) return undefined;
    pieces.push(bytes);
  }
  return Buffer.concat(pieces);
}

function jsonIn(bytes: Uint8Array): Json {
  const text = new TextDecoder().decode(bytes);
  try {
    return parseJson(text);
  } catch (error) {
    if (error instanceof Error) return text; // whatever it is, it is shown
    throw error;
  }
}
