// Who asks: found out once at the beginning of each request, from the credential and from nothing else.
import type { FastifyRequest } from "fastify";
import { type Actor, isAllowed, type KeyId, type Permission, type Role } from "../../domain/index.ts";
import type { HttpParts } from "./parts.ts";
import { Refused } from "./refusal.ts";

export type Caller = { readonly role: Role; readonly actor: Actor; readonly key?: KeyId };

type Known = { readonly caller?: Caller; readonly refused?: Refused; readonly claimed?: KeyId };

export type Callers = {
  /** The first hook of a request. */
  readonly identify: (request: FastifyRequest) => Promise<void>;
  /** Counted by key, else by address: what limits of requests go by. */
  readonly countedBy: (request: FastifyRequest) => string;
  /** Undefined for whoever has none that lets somebody in. */
  readonly keyOf: (request: FastifyRequest) => KeyId | undefined;
  readonly may: (permission: Permission) => (request: FastifyRequest) => Promise<void>;
  readonly callerOf: (request: FastifyRequest) => Caller;
};

export function callers(parts: Pick<HttpParts, "door" | "anybody" | "denied">): Callers {
  const { door, anybody, denied } = parts;
  const known = new WeakMap<FastifyRequest, Known>();

  const found = (request: FastifyRequest): Known => {
    if (!door.asksForKeys()) {
      const stranger = foreign(request);
      return stranger === undefined
        ? { caller: { role: "admin", actor: anybody } }
        : { refused: forbidden(stranger) };
    }
    const { authorization } = request.headers;
    if (authorization === undefined) return { refused: unauthorized("this server asks for a key") };
    const [, text] = /^Bearer +(\S+) *$/i.exec(authorization) ?? [];
    if (text === undefined) return { refused: unauthorized("the Authorization header holds no key") };
    const { id, found: one } = door.identify(text);
    if (one) return { caller: { role: one.key.role, actor: one.actor, key: one.key.id } };
    return { refused: unauthorized("this key lets nobody in"), ...(id !== undefined && { claimed: id }) };
  };

  const turnAway = (request: FastifyRequest, refused: Refused, key: KeyId | undefined): never => {
    denied({ key, address: request.ip, code: refused.refusal.code });
    throw refused;
  };

  return {
    identify: async (request) => {
      known.set(request, found(request));
    },
    countedBy: (request) => {
      const key = known.get(request)?.caller?.key;
      return key === undefined ? `address ${request.ip}` : `key ${key}`;
    },
    keyOf: (request) => known.get(request)?.caller?.key,
    may: (permission) => async (request) => {
      const { caller, refused, claimed } = known.get(request) ?? {};
      if (!caller) return turnAway(request, refused ?? unauthorized("nobody asks"), claimed);
      if (isAllowed(caller.role, permission)) return;
      const detail = `the role ${caller.role} does not include \`${permission}\``;
      return turnAway(request, new Refused({ code: "AUTHORIZATION_FAILED", detail }), caller.key);
    },
    callerOf: (request) => {
      const caller = known.get(request)?.caller;
      if (caller) return caller;
      throw new Error("a route without `may` asked who asks");
    },
  };
}

const unauthorized = (why: string): Refused =>
  new Refused({
    code: "AUTHENTICATION_FAILED",
    detail: `${why}: send \`Authorization: Bearer gz_…\`; an operator makes keys with \`gleitzeit keys create\``,
    headers: { "www-authenticate": 'Bearer realm="gleitzeit"' },
  });

const forbidden = (detail: string): Refused => new Refused({ code: "AUTHORIZATION_FAILED", detail });

const LOOPBACK = new Set(["localhost", "127.0.0.1", "[::1]"]);
const isLoopbackName = (host: string): boolean => LOOPBACK.has(host.replace(/:\d+$/, "").toLowerCase());

/**
 * Without keys everybody on this machine may do everything, but no page that somebody's browser shows: such a request
 * comes under a foreign name (rebinding), or from a foreign origin.
 */
function foreign({ headers }: FastifyRequest): string | undefined {
  const { host = "", origin } = headers;
  const rest = "make a key with `gleitzeit keys create` to be asked from elsewhere";
  if (!isLoopbackName(host)) return `without keys only http://localhost is answered, not ${host}; ${rest}`;
  if (origin === undefined) return undefined;
  const isSame = origin === `http://${host}`;
  return isSame ? undefined : `without keys no other origin is answered, such as ${origin}; ${rest}`;
}
