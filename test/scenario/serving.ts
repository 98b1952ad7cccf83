// `gleitzeit serve` as a process of its own, and plain sockets to it.
import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { z } from "zod";
import { type Place, type Started, type StartOptions, started } from "./command.ts";

export type Serving = Started & { readonly url: string };

const Line = z.looseObject({ url: z.string() });

export async function serving(place: Place, options?: StartOptions): Promise<Serving> {
  const one = started(place, ["serve", "--port", "0", "--json"], options);
  let said = "";
  one.child.stdout?.on("data", (text: string) => {
    said += text;
  });
  await one.saw('"url"');
  return { ...one, url: Line.parse(JSON.parse(said)).url };
}

export async function opened({ url }: Pick<Serving, "url">): Promise<Socket> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  await once(socket, "connect");
  return socket;
}

/** All that comes until the other side ends it. */
export async function answered(socket: Socket): Promise<string> {
  let answer = "";
  for await (const piece of socket.setEncoding("utf8")) answer += String(piece);
  return answer;
}

export const POST_HEAD = "POST /v1/runs HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n";
