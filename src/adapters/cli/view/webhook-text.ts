// Endpoints of webhooks, as text.
import { isList, isObject, type Json, type JsonObject } from "../../../domain/index.ts";
import type { Column } from "./table.ts";
import { line } from "./text.ts";

const plain = (value: Json | undefined): string => {
  if (typeof value === "string") return value;
  if (isList(value)) return value.map(plain).join(", ");
  if (isObject(value))
    return Object.entries(value)
      .map(([name, member]) => `${name} ${plain(member)}`)
      .join(", ");
  return value === undefined || value === null ? "" : JSON.stringify(value);
};

export const webhookColumns: readonly Column<JsonObject>[] = [
  { head: "ID", cell: ({ id }) => plain(id) },
  { head: "STATUS", cell: ({ status }) => plain(status) },
  { head: "URL", cell: ({ url }) => plain(url), gives: true },
  { head: "EVENTS", cell: ({ events }) => plain(events) || "all", gives: true, leaves: 1 },
  { head: "HELD", cell: ({ held }) => plain(held), leaves: 2 },
  { head: "DELIVERED", cell: ({ delivered }) => plain(delivered), leaves: 3 },
  { head: "PARKED", cell: ({ parked }) => plain(parked), leaves: 4 },
];

const SHOWN = [
  ...["url", "description", "events", "filter", "ordered", "payload", "maxRate", "headers", "status"],
  ...["clientCertificate"],
  ...["disabled", "position", "held", "failures", "failingSince", "lastDeliveredAt", "delivered", "parked"],
];

/** What there is to say of it: settings that are not set are left out. */
export function webhookText(webhook: JsonObject): string {
  const told = SHOWN.map((name) => [name, plain(webhook[name])] as const).filter(([, text]) => text !== "");
  const rows = told.map(([name, text]) => `  ${words(name).padEnd(18)}${line(text)}\n`);
  return `webhook ${plain(webhook.id)}\n${rows.join("")}`;
}

const words = (name: string): string => name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
