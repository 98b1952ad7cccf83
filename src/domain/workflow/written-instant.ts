// Instants as documents write them. With an offset a text says which instant it is; without one it is a time on the
// clocks of some place, and that place has to be named.
import type { Millis } from "../instant.ts";
import { described } from "./described.ts";

/** Whoever knows the zones of the world: the domain does not. */
export type Zones = {
  /** A local time such as `2026-03-29T02:30:00.000` in a zone such as `Europe/Berlin`; undefined for an unknown zone. */
  readonly at: (local: string, zone: string) => Millis | undefined;
};

export type WrittenInstant =
  | { readonly ok: true; readonly at: Millis }
  | { readonly ok: false; readonly message: string };

export const ISO =
  /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,3})\d*)?)?(Z|[+-]\d\d:?\d\d)?)?$/;

const REMEDY = "write it as 2026-03-01T12:00:00Z";

/** `zone` counts only where the text has no offset of its own. */
export function writtenInstant(text: unknown, zone: string | undefined, zones: Zones): WrittenInstant {
  const parts = typeof text === "string" ? ISO.exec(text) : null;
  if (!parts) return refuse(`${described(text)} is not an instant: ${REMEDY}`);
  const [, year, month, day, hour = "00", minute = "00", second = "00", fraction = "0", offset] = parts;
  const local = `${year}-${month}-${day}T${hour}:${minute}:${second}.${fraction.padEnd(3, "0")}`;
  const utc = Date.parse(`${local}Z`);
  if (!isOnTheCalendar(utc, local)) return refuse(`${described(text)} is on no calendar or clock`);
  if (offset !== undefined) return offsetInstant(utc, offset, text);
  if (zone === undefined) {
    return refuse(
      `${described(text)} has no offset: ${REMEDY}, or name a \`timezone\` such as Europe/Berlin`,
    );
  }
  const at = zones.at(local, zone);
  return at === undefined ? refuse(`unknown timezone ${described(zone)}`) : { ok: true, at };
}

const isOnTheCalendar = (utc: Millis, local: string): boolean =>
  !Number.isNaN(utc) && new Date(utc).toISOString() === `${local}Z`;

function offsetInstant(utc: Millis, offset: string, text: unknown): WrittenInstant {
  if (offset === "Z") return { ok: true, at: utc };
  const [hours, minutes] = [Number(offset.slice(1, 3)), Number(offset.slice(-2))];
  if (hours > 18 || minutes > 59) return refuse(`${described(text)} has an offset that no place has`);
  const ahead = (hours * 60 + minutes) * 60_000;
  return { ok: true, at: offset.startsWith("-") ? utc + ahead : utc - ahead };
}

const refuse = (message: string): WrittenInstant => ({ ok: false, message });
