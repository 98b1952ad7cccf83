// One Docker daemon: every question to it ends, and what goes wrong says what to do.
import { Agent } from "node:http";
import Dockerode from "dockerode";
import { z } from "zod";
import { GleitzeitError, type Millis } from "../../domain/index.ts";
import type { Clock } from "../../engine/ports/index.ts";

export type Daemon = {
  /** `unix:///var/run/docker.sock` or `tcp://HOST:PORT`. */
  readonly address: string;
  readonly docker: Dockerode;
  /** For what lasts as long as a container: it has no patience of its own. */
  readonly lasting: Dockerode;
  /** `what`: as messages say it, after "to". */
  readonly ask: <T>(
    what: string,
    answer: z.ZodType<T>,
    call: () => Promise<unknown>,
    patienceMs?: Millis,
  ) => Promise<T>;
};

const PATIENCE_MS = 20_000;

/** Of an answer that says no: Docker's own number for it. */
const Refusal = z.looseObject({ statusCode: z.number(), json: z.unknown() });
const Reason = z.object({ message: z.string() });
const System = z.looseObject({ code: z.string() });

/** Docker's number for a no, of what `ask` throws. */
export const statusOf = (error: unknown): number | undefined =>
  numberOf(error instanceof GleitzeitError ? error.cause : error);

const numberOf = (thrown: unknown): number | undefined => Refusal.safeParse(thrown).data?.statusCode;

export function daemon(address: string, clock: Clock): Daemon {
  const way = reachedBy(address);
  const docker = new Dockerode({ ...way, timeout: 2 * PATIENCE_MS });
  const lasting = new Dockerode(way);

  async function ask<T>(
    what: string,
    answer: z.ZodType<T>,
    call: () => Promise<unknown>,
    patienceMs = PATIENCE_MS,
  ): Promise<T> {
    const limit = new AbortController();
    const late = new GleitzeitError(
      "PROVIDER_TIMEOUT",
      `the Docker daemon at ${address} took longer than ${patienceMs / 1000} s to ${what}`,
    );
    const cancel = clock.after(patienceMs, () => limit.abort());
    const given = call();
    given.catch(() => undefined);
    try {
      return understood(await Promise.race([given, past(limit.signal, late)]), answer, what, address);
    } catch (error) {
      throw limit.signal.aborted ? late : daemonFault(error, what, address);
    } finally {
      cancel();
    }
  }

  return { address, docker, lasting, ask };
}

const past = (limit: AbortSignal, late: GleitzeitError): Promise<never> =>
  new Promise((_resolve, reject) => {
    limit.addEventListener("abort", () => reject(late), { once: true });
  });

function understood<T>(given: unknown, answer: z.ZodType<T>, what: string, address: string): T {
  const parsed = answer.safeParse(given);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new GleitzeitError(
    "PROVIDER_NOT_AVAILABLE",
    `what answers at ${address} is no Docker daemon, or one that this version does not know: asked to ${what}, it said ${[...(issue?.path ?? []), issue?.message].map(String).join(": ")}`,
  );
}

/** Every key is given: whatever is left out the client takes from the environment by itself. */
function reachedBy(address: string): Dockerode.DockerOptions {
  const none = { host: "", port: "", ca: "", cert: "", key: "", agent: new Agent({ keepAlive: false }) };
  const path = /^unix:\/\/(\/.+)$/.exec(address)?.[1];
  if (path !== undefined) {
    const way = { ...none, protocol: "http" as const, socketPath: path };
    return way;
  }
  const { hostname, port } = new URL(address);
  const way = { ...none, protocol: "http" as const, host: hostname, port: port || "2375" };
  return way;
}

/** What was thrown by the client, as an error that says what to do. */
function daemonFault(thrown: unknown, what: string, address: string): GleitzeitError {
  if (thrown instanceof GleitzeitError) return thrown;
  const more = { cause: thrown };
  const system = System.safeParse(thrown).data?.code;
  const said = saidBy(thrown);
  const status = numberOf(thrown);
  if (status !== undefined)
    return new GleitzeitError(
      "PROVIDER_NOT_AVAILABLE",
      `the Docker daemon at ${address} could not ${what}: ${said} (${status})`,
      more,
    );
  if (system === "EACCES" || system === "EPERM")
    return new GleitzeitError(
      "AUTHORIZATION_FAILED",
      `${address} may not be used by this user: add the user to the group that owns the socket (usually \`docker\`), or name another daemon with \`host\``,
      more,
    );
  return new GleitzeitError(
    "PROVIDER_NOT_AVAILABLE",
    `no Docker daemon answers at ${address} (${system ?? said}): start it, or say where it is with DOCKER_HOST or the provider's \`host\``,
    more,
  );
}

function saidBy(thrown: unknown): string {
  const reason = Reason.safeParse(Refusal.safeParse(thrown).data?.json).data?.message;
  return (reason ?? (thrown instanceof Error ? thrown.message : String(thrown))).trim().slice(0, 500);
}
