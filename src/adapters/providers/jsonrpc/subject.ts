// The endpoint that is checked: asked through a session of its own, which is opened again when a check has cost it.
import { errorInfoOf, GleitzeitError, type JsonObject, type Millis } from "../../../domain/index.ts";
import type { JsonSchemas, Method, ProcessEnd } from "../../../engine/ports/index.ts";
import type { EndpointOptions } from "./endpoint.ts";
import { openedSession } from "./opened-session.ts";
import type { Reply } from "./reply.ts";
import { named, type Question, type RpcSession, type Way } from "./session.ts";

export type CheckedMethod = Pick<Method, "params" | "result" | "examples"> & {
  /** What it is called on the wire, where it is not called by the provider protocol. */
  readonly calls?: string;
  /** Params of a call that takes long. */
  readonly slow?: JsonObject;
};

/** As the configuration or whoever asks says: by the provider protocol, or as it is. */
export type Spoken =
  | { readonly kind: "provider" }
  | { readonly kind: "plain"; readonly methods: Readonly<Record<string, CheckedMethod>> };

export type Subject = {
  readonly spoken: Spoken;
  readonly schemas: JsonSchemas;
  readonly clock: EndpointOptions["clock"];
  readonly patienceMs: Millis;
  readonly isProgram: () => boolean;
  readonly session: () => Promise<RpcSession>;
  /** A failure to get an answer is one too: with the code that says so, and no number of JSON-RPC's. */
  readonly ask: (question: Omit<Question, "signal">) => Promise<Reply>;
  /** A call as it is asked for: by the provider protocol, or as it is. */
  readonly request: (name: string, method: CheckedMethod, params: JsonObject) => Request;
  /** The last that it wrote and that is no message. */
  readonly noise: () => string;
  readonly close: (patienceMs?: Millis) => Promise<ProcessEnd | undefined>;
};

type Request = { readonly method: string; readonly params: JsonObject };

export type SubjectOptions = Omit<EndpointOptions, "schemas"> & {
  readonly schemas: JsonSchemas;
  readonly spoken: Spoken;
  /** For each answer. */
  readonly patienceMs: Millis;
};

export function subject(options: SubjectOptions): Subject {
  const { name, way, clock, random, schemas, spoken, patienceMs } = options;
  let current: RpcSession | undefined;
  let found: Way | undefined;
  let noise = "";

  const session = async (): Promise<RpcSession> => {
    if (current && !current.fate()) return current;
    noise = current?.noise() || noise;
    found = await way();
    current = await openedSession(found, options);
    return current;
  };

  const ask: Subject["ask"] = async (question) => {
    const late = new AbortController();
    const callOff = clock.after(patienceMs, () => late.abort(silence(named(name), patienceMs)));
    try {
      const open = await session();
      return await open.ask({ ...question, signal: late.signal });
    } catch (error) {
      return { ok: false, error: errorInfoOf(error, "PROVIDER_ERROR") };
    } finally {
      callOff();
    }
  };

  return {
    spoken,
    schemas,
    clock,
    patienceMs,
    isProgram: () => found?.kind === "program",
    session,
    ask,
    request: (method, { calls }, params) => {
      if (spoken.kind === "plain") return { method: calls ?? method, params };
      const run = random.eventId();
      const context = {
        run,
        task: "check",
        attempt: 1,
        idempotencyKey: `${run}/check`,
        timeoutMs: patienceMs,
      };
      return { method: "call", params: { method, params, context } };
    },
    noise: () => current?.noise() || noise,
    close: async (patience) => {
      await current?.close(patience);
      return current?.ended;
    },
  };
}

const silence = (who: string, ms: Millis): GleitzeitError =>
  new GleitzeitError("PROVIDER_TIMEOUT", `${who} did not answer within ${ms / 1000} seconds`);
