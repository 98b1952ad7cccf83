// The official client connected to a server outside. Loads the SDK, so it is itself loaded with the first call.
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import type { RequestOptions } from "@modelcontextprotocol/sdk/shared/protocol.js";
import { type CallToolResult, CallToolResultSchema } from "@modelcontextprotocol/sdk/types.js";
import {
  errorInfo,
  errorInfoOf,
  GleitzeitError,
  type JsonObject,
  type Millis,
} from "../../../domain/index.ts";
import type { Clock, JsonSchemas } from "../../../engine/ports/index.ts";
import type { Link } from "./link.ts";
import { type ServerTools, serverTools } from "./server-tools.ts";
import { LONGEST_TIMER_MS } from "./timer.ts";

export type ServerSession = Omit<Link, "transport"> & {
  readonly client: Client;
  readonly tools: ServerTools;
  readonly call: (name: string, params: CallParams, options: RequestOptions) => Promise<CallToolResult>;
  /** Whether it answers at all, soon; one that does not is cut off. */
  readonly proves: () => Promise<boolean>;
  readonly close: () => Promise<void>;
};

type CallParams = { readonly arguments: JsonObject; readonly _meta: Record<string, unknown> };

type Options = {
  readonly name: string;
  readonly version: string;
  readonly clock: Clock;
  readonly schemas: () => Promise<JsonSchemas>;
  readonly startMs?: Millis | undefined;
};

const START_MS = 20_000;
const PONG_MS = 5_000;
const FAREWELL_MS = 1_000;

export async function serverSession(
  link: Link,
  { name, version, clock, schemas, startMs = START_MS }: Options,
  closing: AbortSignal,
): Promise<ServerSession> {
  const client = new Client({ name: "gleitzeit", version }, { capabilities: {} });
  const { transport, ...rest } = link;
  const noise = { last: "" };
  client.onerror = ({ message }) => {
    noise.last = message;
  };
  const late = new AbortController();
  const cancel = clock.after(startMs, () => late.abort());
  try {
    const signal = AbortSignal.any([late.signal, closing]);
    await client.connect(transport, { signal, timeout: LONGEST_TIMER_MS });
  } catch (error) {
    const fate = link.fate();
    const why = late.signal.aborted ? silence(name, startMs, noise.last) : error;
    link.cut(errorInfoOf(why, "PROVIDER_ERROR"));
    await client.close();
    await link.ended;
    throw why instanceof GleitzeitError || !fate ? why : new GleitzeitError(fate.code, fate.message);
  } finally {
    cancel();
  }
  return {
    ...rest,
    client,
    tools: serverTools(client, await schemas()),
    call: (tool, params, options) =>
      client.request(
        { method: "tools/call", params: { name: tool, ...params } },
        CallToolResultSchema,
        options,
      ),
    proves: async () => {
      const tired = new AbortController();
      const end = clock.after(PONG_MS, () => tired.abort());
      try {
        await client.ping({ signal: tired.signal, timeout: LONGEST_TIMER_MS });
        return true;
      } catch {
        link.cut(errorInfo("PROVIDER_TIMEOUT", `the server ${name} does not answer; it was ended`));
        return false;
      } finally {
        end();
      }
    },
    close: async () => {
      await farewell(link, clock);
      await client.close();
      await link.ended;
    },
  };
}

/** A server that does not hear it is left all the same. */
async function farewell(link: Link, clock: Clock): Promise<void> {
  if (!link.farewell || link.fate()) return;
  const said = Promise.allSettled([link.farewell()]);
  let end = (): void => undefined;
  const late = new Promise<void>((resolve) => {
    end = clock.after(FAREWELL_MS, resolve);
  });
  await Promise.race([said, late]);
  end();
}

function silence(name: string, startMs: Millis, noise: string): GleitzeitError {
  const heard = noise === "" ? "" : `; what it wrote is no message of MCP: ${noise.slice(0, 300)}`;
  return new GleitzeitError(
    "PROVIDER_TIMEOUT",
    `the server ${name} did not answer within ${startMs / 1000} seconds of its start (\`start_timeout\`)${heard}`,
  );
}
