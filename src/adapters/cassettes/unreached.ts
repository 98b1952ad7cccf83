// Providers while a cassette is played: what can be asked of them is known, and nobody is asked anything.
import { z } from "zod";
import { type ErrorInfo, errorInfo, GleitzeitError } from "../../domain/index.ts";
import type { Method, Outbound, Processes, Provider } from "../../engine/index.ts";
import type { Kept } from "./folder.ts";

const WHY = "nothing is called while a cassette is played";

const refusal = (what: string): GleitzeitError => new GleitzeitError("CALL_NOT_RECORDED", `${what}: ${WHY}`);
const refused = (what: string): ErrorInfo => errorInfo("CALL_NOT_RECORDED", `${what}: ${WHY}`);

/** With the methods that it has, and without everything by which it could reach somebody. */
export function unreached(provider: Provider): Provider {
  const { protocol, name, methods, instances } = provider;
  const isTold = provider.describe !== undefined || provider.described !== undefined;
  return {
    protocol,
    name,
    methods,
    ...(instances && { instances }),
    ...(provider.takes && { takes: (call) => provider.takes?.(call) ?? false }),
    ...(provider.brings && { brings: (call) => provider.brings?.(call) ?? Promise.resolve([]) }),
    ...(isTold && { describe: async () => undefined }),
    execute: async () => ({ ok: false, error: refused(`provider ${name}`) }),
    health: async () => ({ status: "healthy", detail: WHY }),
    close: () => provider.close(),
  };
}

/** Where `methods` says nothing of a protocol, anything may be asked: what was recorded decides. */
export type StandIns = {
  readonly recordings: readonly Kept[];
  readonly present: readonly Provider[];
  readonly methods: Readonly<Record<string, Readonly<Record<string, Method>>>>;
};

/** Those that recorded calls name and nobody declares here: neither they nor their keys are needed. */
export function standIns({ recordings, present, methods }: StandIns): readonly Provider[] {
  const known = new Set(present.map(({ protocol, name }) => `${protocol} ${name}`));
  const made: Provider[] = [];
  for (const { call, answer } of recordings) {
    const { protocol, provider } = call;
    const isSpoken = [...present, ...made].some((one) => one.protocol === protocol);
    for (const name of namesIn(call, provider ?? (isSpoken ? undefined : (answer.provider ?? protocol)))) {
      if (known.has(`${protocol} ${name}`)) continue;
      known.add(`${protocol} ${name}`);
      made.push(standIn(protocol, name, methods[protocol] ?? ANYTHING));
    }
  }
  return made;
}

function namesIn(
  { params: { server }, protocol }: Kept["call"],
  name: string | undefined,
): readonly string[] {
  const named = protocol === "mcp/v1" && typeof server === "string" && server !== "builtin" ? [server] : [];
  return name === undefined ? named : [name, ...named];
}

const ANYTHING: Readonly<Record<string, Method>> = {
  "*": {
    version: 1,
    description: "What was recorded.",
    params: z.looseObject({}),
    result: z.json(),
    examples: [{}],
  },
};

const standIn = (protocol: string, name: string, methods: Provider["methods"]): Provider =>
  unreached({
    protocol,
    name,
    methods,
    takes: ({ params }) => params.server === name,
    describe: async () => undefined,
    execute: async () => ({ ok: false, error: refused(`provider ${name}`) }),
    close: async () => undefined,
  });

export const unreachedOutbound: Outbound = {
  send: ({ url }) => Promise.reject(refusal(new URL(url).origin)),
  close: async () => undefined,
};

/** Nothing is started. */
export const unreachedProcesses = (node: Processes["node"]): Processes => ({
  node,
  spawn: ({ command }) => Promise.reject(refusal(command)),
  living: () => [],
  closeAll: async () => undefined,
});
