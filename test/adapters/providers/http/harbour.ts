// A small server for what `http/request` can meet; its first path segment says what it does.
import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import { brotliCompressSync, gzipSync } from "node:zlib";

type Answer = (request: IncomingMessage, response: ServerResponse, body: string) => void;

const json = (response: ServerResponse, text: string): void => {
  response.setHeader("content-type", "application/json; charset=utf-8");
  response.end(text);
};

const ZEROS = Buffer.alloc(3_000_000, "0");

const ANSWERS: Readonly<Record<string, Answer>> = {
  /** Everything that came. */
  mirror: ({ method, url, headers }, response, body) =>
    json(response, JSON.stringify({ method, url, headers, body })),
  status: ({ url = "" }, response) => {
    const [, , status = "200", after] = url.split("/");
    if (after !== undefined) response.setHeader("retry-after", decodeURIComponent(after));
    response.statusCode = Number(status);
    response.end("the gate\n  is shut");
  },
  away: (_request, response) => {
    response.writeHead(307, { location: "http://elsewhere.example.org/" }).end();
  },
  broken: (_request, response) => json(response, '{"half": '),
  wide: (_request, response) => json(response, '{"id": 12345678901234567890}'),
  text: (_request, response) =>
    response.setHeader("content-type", "text/plain; charset=latin1").end(Buffer.from([0xe4])),
  bytes: (_request, response) => response.end(Buffer.from([0, 255, 254])),
  nothing: (_request, response) => void response.writeHead(204).end(),
  cookies: (_request, response) => response.setHeader("set-cookie", ["a=1", "b=2"]).end("crumbs"),
  huge: (_request, response) => response.end(ZEROS),
  bomb: (_request, response) => response.setHeader("content-encoding", "br").end(brotliCompressSync(ZEROS)),
  squeezed: (_request, response) =>
    response
      .setHeader("content-encoding", "gzip")
      .setHeader("content-type", "application/problem+json")
      .end(gzipSync('{"oars": 2}')),
  lies: (_request, response) => response.setHeader("content-encoding", "gzip").end("not packed at all"),
  odd: (_request, response) => response.setHeader("content-encoding", "zstd9").end("?"),
  silence: () => undefined,
};

export const harbour: (onSilence: (request: IncomingMessage) => void) => RequestListener =
  (onSilence) => (request, response) => {
    const pieces: Buffer[] = [];
    request.on("data", (piece: Buffer) => pieces.push(piece));
    request.on("end", () => {
      const name = request.url?.split(/[/?]/)[1] ?? "";
      if (name === "silence") onSilence(request);
      (ANSWERS[name] ?? ANSWERS.mirror)?.(request, response, Buffer.concat(pieces).toString());
    });
  };
