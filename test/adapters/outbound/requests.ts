import type { OutboundRequest, OutboundResponse } from "../../../src/engine/ports/index.ts";

export const get = (url: string, more: Partial<OutboundRequest> = {}): OutboundRequest => ({
  url,
  method: "GET",
  headers: {},
  signal: new AbortController().signal,
  silenceMs: 10_000,
  ...more,
});

export async function textOf({ body }: OutboundResponse): Promise<string> {
  const pieces: Uint8Array[] = [];
  for await (const piece of body) pieces.push(piece);
  return Buffer.concat(pieces).toString();
}
