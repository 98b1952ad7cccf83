// A session with a server, by the way its settings say. Loads the SDK.
import { httpLink } from "./http-link.ts";
import type { ServerOptions } from "./server-options.ts";
import { type ServerSession, serverSession } from "./server-session.ts";
import { stdioLink } from "./stdio-link.ts";

export async function openedServer(options: ServerOptions, closing: AbortSignal): Promise<ServerSession> {
  const way = await options.way();
  const link = way.kind === "program" ? stdioLink(way, options) : httpLink(way, options);
  return serverSession(link, options, closing);
}
