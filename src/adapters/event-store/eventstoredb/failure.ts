// What the client reports, as the errors that users see; and what of it may be over in a moment.
import { isCommandError } from "@eventstore/db-client";
import { asError, type ErrorCode, GleitzeitError } from "../../../domain/index.ts";
import { VersionConflict } from "../../../engine/ports/index.ts";

/** `open`: the first word with the server; `write` and `read`: there was one before. */
export type Doing = "open" | "write" | "read";

/** The client's own words, and for what it passes on raw the numbers of gRPC. */
const TRANSIENT_TYPES = ["unavailable", "cancelled", "not-leader", "deadline-exceeded", "timeout"];
const CANCELLED = 1;
const DEADLINE_EXCEEDED = 4;
const PERMISSION_DENIED = 7;
const INTERNAL = 13; // a connection that broke in the middle of an answer
const UNAVAILABLE = 14;
const UNAUTHENTICATED = 16;
const TRANSIENT_CODES = [CANCELLED, DEADLINE_EXCEEDED, INTERNAL, UNAVAILABLE];

/** The server has not answered in time: it may still do what it was asked to. */
export class NoAnswer extends Error {
  override readonly name = "NoAnswer";

  constructor(afterMs: number) {
    super(`no answer within ${afterMs} ms`);
  }
}

export const isWrongVersion = (error: unknown): boolean => typeOf(error) === "wrong-expected-version";
export const isNoStream = (error: unknown): boolean => typeOf(error) === "stream-not-found";

/** The same again may succeed; an append may have been written all the same. */
export function isTransient(error: unknown): boolean {
  if (error instanceof NoAnswer || isDiscovery(error)) return true;
  return TRANSIENT_TYPES.includes(typeOf(error) ?? "") || TRANSIENT_CODES.includes(codeOf(error) ?? -1);
}

/** The client has found no member of the cluster, and says so in words alone. */
const isDiscovery = (error: unknown): boolean =>
  error instanceof Error && error.message.startsWith("Failed to discover");

const typeOf = (error: unknown): string | undefined =>
  isCommandError(asError(error)) ? typeIn(error) : undefined;
const typeIn = (error: unknown): string | undefined =>
  error instanceof Error && "type" in error && typeof error.type === "string" ? error.type : undefined;
const codeOf = (error: unknown): number | undefined =>
  error instanceof Error && "code" in error && typeof error.code === "number" ? error.code : undefined;

const FAILED: Readonly<Record<Doing, ErrorCode>> = {
  open: "PERSISTENCE_CONNECTION_FAILED",
  write: "PERSISTENCE_WRITE_FAILED",
  read: "PERSISTENCE_READ_FAILED",
};

/** `place` is the store as users may see it: without a password. */
export function esdbFailure(error: unknown, place: string, doing: Doing): Error {
  if (error instanceof GleitzeitError || error instanceof VersionConflict) return error;
  const [code, message] = explained(error, place, doing);
  return new GleitzeitError(code, message, { cause: error, details: { store: place } });
}

function explained(error: unknown, place: string, doing: Doing): readonly [ErrorCode, string] {
  const reason = asError(error).message;
  const type = typeOf(error);
  if (type === "access-denied" || [PERMISSION_DENIED, UNAUTHENTICATED].includes(codeOf(error) ?? -1)) {
    return [
      "AUTHORIZATION_FAILED",
      `${place} refuses this user; check the name and password in the store's URL`,
    ];
  }
  if (type === "maximum-append-size-exceeded") {
    return [
      "PERSISTENCE_WRITE_FAILED",
      `${place} takes smaller appends than its default of 1 MiB; raise MaxAppendSize on the server`,
    ];
  }
  if (type === "stream-deleted") {
    return [
      "PERSISTENCE_INTEGRITY_ERROR",
      `a stream was deleted on ${place}; nothing more can be written to it`,
    ];
  }
  if (!isTransient(error)) return [FAILED[doing], `${place}: ${reason}`];
  const helps = doing === "open" ? "is it running, and does it speak TLS (if not, add `?tls=false`)?" : "";
  return [
    "PERSISTENCE_CONNECTION_FAILED",
    `${place} cannot be reached (${reason})${helps ? `: ${helps}` : "; what was asked for may have been done"}`,
  ];
}

export const damaged = (place: string, where: string): GleitzeitError =>
  new GleitzeitError(
    "PERSISTENCE_INTEGRITY_ERROR",
    `${place} holds something that was not written by this program, ${where}; a server that is shared with ` +
      "others is safe with a log of its own: esdb://HOST/NAME",
    { details: { store: place } },
  );
