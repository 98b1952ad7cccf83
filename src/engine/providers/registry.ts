// Who speaks which protocol, and what can be asked of them: the one place where methods are looked up.
import { AGENT, didYouMean, GleitzeitError, isAgent, isObject, type Json, TURN } from "../../domain/index.ts";
import { agentMethod, agentProblems } from "../agent/method.ts";
import {
  type Call,
  type Method,
  methodNamed,
  type ParamProblem,
  type Provider,
  paramProblems,
} from "../ports/index.ts";
import { fallbackChain, type StandIn } from "./fallback-chain.ts";

export type ListedMethod = {
  readonly name: string;
  /** Other names of the same method: the provider lists one method object under several keys. */
  readonly aliases: readonly string[];
  readonly method: Method;
};

export type ProviderRegistry = {
  /** Sorted, each once. */
  readonly protocols: readonly string[];
  readonly providers: readonly Provider[];
  /**
   * Of several providers with one protocol, the one named, else the one preferred, else the first that the call is for,
   * else the first that has the method.
   */
  readonly find: (
    protocol: string,
    providerName?: string,
    preferred?: string,
    call?: Call,
  ) => Provider | undefined;
  /** What would make a protocol available that nobody speaks here. */
  readonly remedies: ReadonlyMap<string, string>;
  /** Of the provider that is named, else of the one that a call with these params is for, else of whoever has it. */
  readonly method: (protocol: string, name: string, provider?: string, params?: Json) => Method | undefined;
  readonly methodsOf: (protocol: string) => readonly ListedMethod[];
  /** Empty for params the method accepts; also says what is wrong when there is no such method. */
  readonly check: (
    protocol: string,
    name: string,
    params: Json,
    provider?: string,
  ) => readonly ParamProblem[];
  /** Closes all, also when one of them fails to. */
  readonly closeAll: () => Promise<void>;
};

/** By protocol, in the order in which they are asked: the first that can, of calls that name none. */
export type Fallbacks = ReadonlyMap<
  string,
  readonly (Omit<StandIn, "provider"> & { readonly name: string })[]
>;

export function providerRegistry(
  providers: readonly Provider[],
  remedies: ReadonlyMap<string, string> = new Map(),
  fallbacks: Fallbacks = new Map(),
): ProviderRegistry {
  const protocols = [...new Set(providers.map(({ protocol }) => protocol))].toSorted();
  const spoken = new Map(
    protocols.map((protocol) => [protocol, providers.filter((one) => one.protocol === protocol)]),
  );
  const speakersOf = (protocol: string): readonly Provider[] => spoken.get(protocol) ?? [];
  for (const protocol of protocols) refuseNamesakes(protocol, speakersOf(protocol));
  const concerned = (protocol: string, name: string, provider?: string, params?: Json) => {
    const speakers = speakersOf(protocol);
    if (speakers.length < 2) return speakers;
    const named = speakers.filter((speaker) => speaker.name === provider);
    if (named.length > 0 || !isObject(params)) return named.length > 0 ? named : speakers;
    const takers = speakers.filter((speaker) => speaker.takes?.({ method: name, params }));
    return takers.length > 0 ? takers : speakers;
  };
  const chains = chainsOf(speakersOf, fallbacks);
  const method: ProviderRegistry["method"] = (protocol, name, provider, params) => {
    if (isAgent({ protocol, method: name }))
      return method(protocol, TURN.method, provider, params) && agentMethod;
    const asked = concerned(protocol, name, provider, params);
    return (
      first(asked, ({ methods }) => own(methods, name)) ??
      first(asked, ({ methods }) => methodNamed(methods, name))
    );
  };
  const check: ProviderRegistry["check"] = (protocol, name, params, provider) => {
    const known = method(protocol, name, provider, params);
    if (known === agentMethod)
      return agentProblems(params, (rest) => check(protocol, TURN.method, rest, provider));
    if (known) return paramProblems(known, params);
    const names = concerned(protocol, name, provider, params).flatMap(({ methods }) => Object.keys(methods));
    return [{ path: [], message: `${protocol} has no method \`${name}\`${didYouMean(name, names)}` }];
  };

  return {
    protocols,
    providers,
    remedies,
    find: (protocol, providerName, preferred, call) => {
      const speakers = speakersOf(protocol);
      const named = (wanted: string | undefined) => speakers.find(({ name }) => name === wanted);
      if (providerName !== undefined) return named(providerName);
      const one = named(preferred) ?? (speakers.length > 1 && call ? meant(speakers, call) : speakers[0]);
      return (one && chains.get(one)) ?? one;
    },
    method,
    methodsOf: (protocol) => [
      ...listed(speakersOf(protocol)),
      ...(method(protocol, AGENT.method) === agentMethod ? [AGENT_LISTED] : []),
    ],
    check,
    closeAll: async () => {
      const ends = await Promise.allSettled(providers.map((provider) => provider.close()));
      const failures = ends.flatMap((end): readonly unknown[] =>
        end.status === "rejected" ? [end.reason] : [],
      );
      if (failures.length > 0) throw new AggregateError(failures, "a provider did not close");
    },
  };
}

const AGENT_LISTED: ListedMethod = { name: AGENT.method, aliases: [], method: agentMethod };

/** Each provider that others stand in for, with those: the rest of its list, in order. */
function chainsOf(
  speakersOf: (protocol: string) => readonly Provider[],
  fallbacks: Fallbacks,
): ReadonlyMap<Provider, Provider> {
  const chains = new Map<Provider, Provider>();
  for (const [protocol, list] of fallbacks) {
    const members = list.flatMap(({ name, ...models }): readonly StandIn[] => {
      const provider = speakersOf(protocol).find((one) => one.name === name);
      return provider ? [{ provider, ...models }] : [];
    });
    for (const { provider } of members)
      chains.set(
        provider,
        fallbackChain(
          provider,
          members.filter((one) => one.provider !== provider),
        ),
      );
  }
  return chains;
}

function meant(speakers: readonly Provider[], call: Call): Provider | undefined {
  const able = speakers.filter(({ methods }) => methodNamed(methods, call.method));
  const exact = able.find(({ methods }) => own(methods, call.method));
  return able.find((speaker) => speaker.takes?.(call)) ?? exact ?? able[0] ?? speakers[0];
}

function refuseNamesakes(protocol: string, speakers: readonly Provider[]): void {
  const names = speakers.map(({ name }) => name);
  const twice = names.find((name, i) => names.indexOf(name) < i);
  if (twice === undefined) return;
  throw new GleitzeitError(
    "CONFIGURATION_ERROR",
    `two providers of ${protocol} are named ${twice}; rename one`,
  );
}

/** One entry per method object; the first key is its name, further keys are aliases. */
function listed(speakers: readonly Provider[]): readonly ListedMethod[] {
  const entries = new Map<Method, { readonly name: string; readonly aliases: string[] }>();
  const names = new Set<string>();
  for (const [name, method] of speakers.flatMap(({ methods }) => Object.entries(methods))) {
    if (names.has(name)) continue;
    names.add(name);
    const entry = entries.get(method);
    if (entry) entry.aliases.push(name);
    else entries.set(method, { name, aliases: [] });
  }
  return [...entries].map(([method, entry]) => ({ ...entry, method }));
}

const own = (methods: Readonly<Record<string, Method>>, name: string): Method | undefined =>
  Object.hasOwn(methods, name) ? methods[name] : undefined;

function first<T, U>(list: readonly T[], pick: (item: T) => U | undefined): U | undefined {
  for (const item of list) {
    const picked = pick(item);
    if (picked !== undefined) return picked;
  }
  return undefined;
}
