// What a Docker daemon says on its socket, and what it can be made to say instead: it keeps what it was asked for, runs
// nothing, and lets a test play the program.
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Duplex } from "node:stream";
import { isObject, type Json, type JsonObject } from "../../../src/domain/index.ts";
import { type FakeContainer, fakeContainer, type Inside } from "./fake-container.ts";

export const DIGEST = `sha256:${"ab".repeat(32)}`;

export type FakeDocker = {
  readonly address: string;
  readonly asked: readonly string[];
  readonly containers: ReadonlyMap<string, FakeContainer>;
  /** Answers instead of the daemon where it returns something; `status 0` cuts the line, undefined is the daemon's own. */
  instead: (
    asked: string,
  ) => { readonly status: number; readonly body?: Json | string } | "silence" | undefined;
  /** What the daemon made of what it was asked for. */
  made: (inspected: JsonObject) => JsonObject;
  info: JsonObject;
  image: JsonObject;
  listed: readonly JsonObject[];
  /** What a program does once it is started. */
  program: (container: FakeContainer) => void;
  readonly close: () => Promise<void>;
};

const INFO: JsonObject = {
  ServerVersion: "20.10.24",
  OSType: "linux",
  MemoryLimit: true,
  SwapLimit: true,
  PidsLimit: true,
  CpuCfsQuota: true,
  SecurityOptions: ["name=seccomp,profile=default"],
};

export async function fakeDocker(): Promise<FakeDocker> {
  const folder = await mkdtemp(join(tmpdir(), "gz-fake-docker-"));
  const path = join(folder, "docker.sock");
  const asked: string[] = [];
  const containers = new Map<string, FakeContainer & Inside>();
  const sockets = new Set<Socket>();
  const server = createServer((request, response) => void answer(request, response));
  server.on("connection", (socket) => {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
    socket.on("error", () => socket.destroy());
  });
  server.on("upgrade", (request, socket, head) => attach(request, socket, head));
  server.listen(path);
  await once(server, "listening");

  const fake: FakeDocker = {
    address: `unix://${path}`,
    asked,
    containers,
    instead: () => undefined,
    made: (inspected) => inspected,
    info: INFO,
    image: { Id: DIGEST, RepoDigests: [], Config: {} },
    listed: [],
    program: () => undefined,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
      await rm(folder, { recursive: true, force: true });
    },
  };

  const named = (url: string): (FakeContainer & Inside) | undefined =>
    containers.get(/^\/containers\/([^/?]+)/.exec(url)?.[1] ?? "");

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = "", url = "" } = request;
    const plain = `${method} ${url.replace(/gleitzeit-[\w-]+/, "NAME").replace(/\?.*/, "")}`;
    asked.push(plain);
    const other = fake.instead(plain);
    if (other === "silence") return;
    if (other?.status === 0) return void request.socket.destroy();
    if (other) return say(response, other.status, other.body ?? { message: "as the test wants it" });
    const body = await bodyOf(request);
    const container = named(url);
    if (plain === "GET /info") return say(response, 200, fake.info);
    if (plain.startsWith("GET /images/")) return say(response, 200, fake.image);
    if (plain === "GET /containers/json") return say(response, 200, [...fake.listed]);
    if (plain === "POST /containers/create") {
      const name = new URL(url, "http://x").searchParams.get("name") ?? "";
      containers.set(name, fakeContainer(name, body));
      return say(response, 201, { Id: name, Warnings: [] });
    }
    if (!container) return say(response, method === "DELETE" ? 204 : 404, { message: "No such container" });
    if (plain === "GET /containers/NAME/json") return say(response, 200, container.inspected(fake.made));
    if (plain === "POST /containers/NAME/start") {
      container.isRunning = true;
      say(response, 204, "");
      return fake.program(container);
    }
    if (plain === "POST /containers/NAME/wait")
      return void container.ended.then(() => say(response, 200, { StatusCode: 0 }));
    if (plain === "POST /containers/NAME/kill") {
      container.exit(137);
      return say(response, 204, "");
    }
    containers.delete(container.name);
    container.exit(137);
    return say(response, 204, "");
  }

  function attach(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const { url = "" } = request;
    asked.push("POST /containers/NAME/attach");
    const other = fake.instead("POST /containers/NAME/attach");
    if (other === "silence") return;
    if (other) return void socket.end(`HTTP/1.1 ${other.status} no\r\nContent-Length: 2\r\n\r\n{}`);
    socket.write("HTTP/1.1 101 UPGRADED\r\nConnection: Upgrade\r\nUpgrade: tcp\r\n\r\n");
    named(url)?.attachedTo(socket, head);
  }

  return fake;
}

function say(response: ServerResponse, status: number, body: Json): void {
  response.writeHead(status, { "content-type": "application/json" });
  response.end(typeof body === "string" ? body : JSON.stringify(body));
}

async function bodyOf(request: IncomingMessage): Promise<JsonObject> {
  let text = "";
  for await (const piece of request.setEncoding("utf8")) text += piece;
  const value: Json = text === "" ? {} : JSON.parse(text);
  return isObject(value) ? value : {};
}
