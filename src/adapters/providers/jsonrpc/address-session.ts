// An endpoint at an address: each message is a POST. The answer is one message, or several, one a line, of which the
// last answers; what stands before it is said of the call under way. A call that is left is left by its connection.
import type { JsonObject } from "../../../domain/index.ts";
import type { OutboundResponse } from "../../../engine/ports/index.ts";
import { replyOf } from "./address-reply.ts";
import { noticeText, requestText } from "./message.ts";
import {
  named,
  type Question,
  type RpcSession,
  reasonOf,
  SETTLE_MS,
  type SessionOptions,
  type Way,
} from "./session.ts";

type Address = Extract<Way, { readonly kind: "url" }>;

/** The longest delay a timer takes: how long it may be silent is for the call's own signal to say. */
const PATIENCE_MS = 2 ** 31 - 1;

export function addressSession(
  { url, headers, outbound }: Address,
  { name, clock, random, mostBytes }: SessionOptions,
): RpcSession {
  const who = named(name);
  const closing = new AbortController();
  const farewells = new Set<Promise<void>>();
  let close = (_how?: undefined): void => undefined;
  const ended = new Promise<undefined>((resolve) => {
    close = resolve;
  });

  const posted = (body: string, signal: AbortSignal): Promise<OutboundResponse> =>
    outbound.send({
      url,
      method: "POST",
      headers: {
        "user-agent": "gleitzeit",
        accept: "application/json, application/x-ndjson",
        "content-type": "application/json",
        ...headers,
      },
      body,
      signal,
      silenceMs: PATIENCE_MS,
    });

  /** Its connection is closed already; this is for whoever does not notice that. */
  const sayCancelled = async (id: string, reason: JsonObject): Promise<void> => {
    const late = new AbortController();
    const callOff = clock.after(SETTLE_MS, () => late.abort());
    try {
      const signal = AbortSignal.any([late.signal, closing.signal]);
      const { body } = await posted(noticeText("cancel", { id, ...reason }), signal);
      for await (const _ of body); // so that its connection is free again
    } catch {
      callOff(); // an endpoint that cannot be told has not got the call any more, or will notice
    } finally {
      callOff();
    }
  };

  return {
    ask: async ({ method, params, signal, onTold, text, stops = false }: Question) => {
      signal.throwIfAborted();
      const id = random.eventId();
      try {
        const response = await posted(text?.(id) ?? requestText(id, method, params), signal);
        return await replyOf(response, { id, who, mostBytes, now: () => clock.now(), onTold });
      } catch (error) {
        if (signal.aborted && stops && !closing.signal.aborted) {
          const said = sayCancelled(id, reasonOf(signal));
          farewells.add(said);
          void said.then(() => farewells.delete(said));
        }
        throw error;
      }
    },
    fate: () => undefined,
    ended,
    lasts: false,
    cut: () => undefined,
    noise: () => "",
    close: async () => {
      const tired = clock.after(SETTLE_MS, () => closing.abort());
      await Promise.all(farewells);
      tired();
      close();
    },
  };
}
