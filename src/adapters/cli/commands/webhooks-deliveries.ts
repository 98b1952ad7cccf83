// webhooks deliveries|redeliver|replay: what was sent, and sending it again.
import { z } from "zod";
import { GleitzeitError, Instant, type Position, placeOf } from "../../../domain/index.ts";
import type { PastDelivery } from "../../../engine/index.ts";
import type { Command, Context } from "../context.ts";
import { EXIT } from "../exit-codes.ts";
import { CountOption, CursorOption, cursorOf, optionsOf, sinceOption } from "../options.ts";
import { answer } from "../output.ts";
import { table } from "../view/table.ts";
import { lines } from "../view/text.ts";
import type { WebhookAccess } from "../webhook-access.ts";

const STATUSES = ["pending", "delivered", "failed", "parked"] as const;
const MOST = 500;

const Listing = z.object({
  status: z.enum(STATUSES, { error: `must be one of ${STATUSES.join(", ")}` }).optional(),
  limit: CountOption(1, MOST).default(50),
  cursor: CursorOption.optional(),
});

const documentOf = (one: PastDelivery) => ({
  ...one,
  attempts: one.attempts.map((attempt) => ({ ...attempt })),
});

export const listDeliveries: Command = async ({ args: [id = ""], options }, context) => {
  const { status, limit, cursor } = optionsOf(Listing, options);
  const { desk } = await context.parts.webhooks(false);
  const { items, next } = await desk.deliveries(id, {
    limit,
    ...(status && { status }),
    ...(cursor !== undefined && { before: cursor }),
  });
  const nextCursor = next === undefined ? null : cursorOf(next);
  answer(context, { items: items.map(documentOf), nextCursor }, () => textOf(items, nextCursor, context));
  return EXIT.done;
};

function textOf(items: readonly PastDelivery[], cursor: string | null, { terminal }: Context): string {
  if (items.length === 0) return "nothing was sent\n";
  const more = cursor === null ? "" : `older ones: --cursor ${cursor}\n`;
  const shown = table(
    items,
    [
      { head: "DELIVERY", cell: ({ event }) => event },
      { head: "TYPE", cell: ({ type }) => type },
      { head: "STATUS", cell: ({ status }) => status },
      { head: "ATTEMPTS", cell: ({ attempts }) => String(attempts.length), leaves: 2 },
      { head: "LAST", cell: ({ attempts }) => lastOf(attempts), gives: true },
      { head: "BEGUN", cell: ({ begunAt }) => begunAt, leaves: 1 },
    ],
    terminal.out,
  );
  return shown + more;
}

function lastOf(attempts: PastDelivery["attempts"]): string {
  const last = attempts.at(-1);
  if (!last) return "";
  const what = last.status === null ? (last.message ?? last.code ?? "") : String(last.status);
  return `${what}, ${last.durationMs} ms`;
}

const Why = z.object({ reason: z.string().optional() });

export const redeliver: Command = async ({ args: [id = "", delivery = ""], options }, context) => {
  const { reason } = optionsOf(Why, options);
  const { desk, actor } = await context.parts.webhooks(true);
  const asked = await desk.redeliver(id, delivery, await actor(), reason);
  answer(context, documentOf(asked), () => lines(`${asked.id}: sent again by the next worker\n`));
  return EXIT.done;
};

const WHICH = ["all", "missing", "failed"] as const;

export const replay: Command = async ({ args: [id = ""], options }, context) => {
  const place = z.union([z.enum(["start", "now"]), CursorOption, sinceOption(context.parts.clock.now())], {
    error: "must be `start`, `now`, a cursor, a time, or how long ago",
  });
  const Replaying = z.object({
    from: place.default("start"),
    to: place.default("now"),
    type: z.array(z.string()).optional(),
    only: z.enum(WHICH, { error: `must be one of ${WHICH.join(", ")}` }).default("missing"),
    source: z.string().optional(),
    reason: z.string().optional(),
  });
  const { from, to, type, only, source, reason } = optionsOf(Replaying, options);
  const access = await context.parts.webhooks(true);
  const range = { from: await positionOf(from, access), to: await positionOf(to, access) };
  if (range.to === "start" || (range.from !== "start" && range.from >= range.to))
    throw new GleitzeitError("USAGE_ERROR", "nothing stands in the log between --from and --to");
  const request = { ...range, only, ...(type && { types: type }), ...(source !== undefined && { source }) };
  const asked = await access.desk.replay(id, request, await access.actor(), reason);
  const document = { id, replay: asked.replay, from: placeOf(range.from), to: placeOf(range.to) };
  answer(context, document, () => lines(`${id}: replayed by the next worker (${asked.replay})\n`));
  return EXIT.done;
};

async function positionOf(
  place: "start" | "now" | bigint | Instant,
  { desk, head }: WebhookAccess,
): Promise<Position | "start"> {
  if (typeof place === "bigint") return place;
  if (place === "start") return "start";
  return place === "now" ? head() : desk.placeInTime(Instant.parse(place));
}
