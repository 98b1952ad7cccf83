// A server at an address, over streamable HTTP, through the one client that speaks to other machines.
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import type { Transport } from "@modelcontextprotocol/sdk/shared/transport.js";
import { type ErrorInfo, errorInfo } from "../../../domain/index.ts";
import type { Link, ServerAddress } from "./link.ts";
import { outboundFetch } from "./outbound-fetch.ts";
import { watchedFetch } from "./watched-fetch.ts";

type Options = { readonly name: string; readonly mostBytes: number };

export function httpLink({ url, headers, outbound }: ServerAddress, { name, mostBytes }: Options): Link {
  let fate: ErrorInfo | undefined;
  let end = (): void => undefined;
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  const cut = (why: ErrorInfo): void => {
    fate ??= why;
    void inner.close();
  };
  const watched = watchedFetch(outboundFetch(outbound), mostBytes, {
    lost: (id) => transport.onmessage?.({ jsonrpc: "2.0", id, error: LOST }),
    tooMuch: () =>
      cut(errorInfo("PROVIDER_ERROR", `the server ${name} wrote a message of more than ${mostBytes} bytes`)),
    forgotten: () => cut(errorInfo("CONNECTION_LOST", `the server ${name} no longer knows the session`)),
  });
  const inner = new StreamableHTTPClientTransport(new URL(url), {
    fetch: watched.fetch,
    requestInit: { headers },
  });
  const transport: Transport = {
    start: async () => {
      inner.onclose = () => {
        end();
        transport.onclose?.();
      };
      inner.onerror = (error) => {
        if (error.message.startsWith("Maximum reconnection attempts"))
          cut(errorInfo("CONNECTION_LOST", `the server ${name} closed the connection`));
        transport.onerror?.(error);
      };
      inner.onmessage = (message) => {
        if ("id" in message && message.id !== undefined && !("method" in message))
          watched.answered(message.id);
        transport.onmessage?.(message);
      };
      await inner.start();
    },
    send: (message) => inner.send(message),
    close: () => inner.close(),
    setProtocolVersion: (version) => inner.setProtocolVersion(version),
  };
  return { transport, fate: () => fate, ended, cut, farewell: () => inner.terminateSession() };
}

/** As the SDK says it of a connection that was closed. */
const LOST = { code: -32000, message: "Connection closed" };
