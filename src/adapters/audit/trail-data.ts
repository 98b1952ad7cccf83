// What an event of the trail says, as JSON.
import {
  GleitzeitError,
  isObject,
  type Json,
  type JsonObject,
  parseJson,
  readSettingsEvent,
} from "../../domain/index.ts";
import type { StoredEvent } from "../../engine/ports/index.ts";

export const text = (value: Json | undefined): string | undefined =>
  typeof value === "string" ? value : undefined;

export function jsonIn({ position }: StoredEvent, bytes: Uint8Array): JsonObject {
  try {
    const value = parseJson(Buffer.from(bytes).toString());
    if (isObject(value)) return value;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  const message = `the event at position ${position} cannot be read: \`gleitzeit audit verify\` says what was altered`;
  throw new GleitzeitError("PERSISTENCE_INTEGRITY_ERROR", message);
}

/** Which run or person it was about, where that is not whose stream it stands in. */
export function aboutIn({ run, subject, target }: JsonObject): {
  readonly run?: string;
  readonly subject?: string;
} {
  const held = isObject(target) ? target : {};
  const [ofRun, ofSubject] = [text(run) ?? text(held.run), text(subject) ?? text(held.subject)];
  return {
    ...(ofRun !== undefined && { run: ofRun }),
    ...(ofSubject !== undefined && { subject: ofSubject }),
  };
}

/** Which flag or quota was set, and to what. */
export function settingIn(
  { type, schemaVersion }: Pick<StoredEvent, "type" | "schemaVersion">,
  data: JsonObject,
): { readonly setting?: string } {
  const event = readSettingsEvent(type, schemaVersion, data);
  switch (event?.type) {
    case undefined:
      return {};
    case "FlagSet":
      return { setting: `${event.data.flag} ${event.data.on ? "on" : "off"}` };
    case "FlagCleared":
      return { setting: event.data.flag };
    case "QuotaSet":
      return { setting: `${event.data.quota} ${event.data.limit}` };
    case "QuotaCleared":
      return { setting: event.data.quota };
  }
}
