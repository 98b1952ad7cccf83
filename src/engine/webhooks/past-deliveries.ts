// What was sent to an endpoint, and what came of it, as its stream tells: read from its end, as far back as is asked for.
//
// 1. A delivery is listed where it began. Whatever came of it stands behind that, so it is known when that is reached.
// 2. A page goes on where the one before ended, and shows what there was when the first one was read.
import { type EventId, GleitzeitError, type Recipe, type Told } from "../../domain/index.ts";
import type { StoredEvent } from "../ports/index.ts";
import { webhookNamed } from "./changed.ts";
import type { WebhookKit } from "./kit.ts";
import {
  type Happened,
  isOfDelivery,
  type Kept,
  keptOf,
  mayBeOfDelivery,
  type PastDelivery,
  shown,
} from "./past-delivery.ts";
import { webhookEventIn } from "./records.ts";

export type DeliveriesAsked = {
  readonly status?: PastDelivery["status"];
  readonly limit: number;
  /** Older ones, as `next` said. */
  readonly before?: bigint;
};

type Page = { readonly items: readonly PastDelivery[]; readonly next: bigint | undefined };
type Reader = Pick<WebhookKit, "store" | "tenant">;

const STRETCH = 500;
/** Events that one answer looks at: it may hold fewer deliveries than were asked for, and say where to go on. */
const MOST_LOOKED_AT = 50_000;
/** A place in the list: below which revision deliveries began, and how far above it something came of them. */
const APART = 32n;

/** The newest first. */
export async function pastDeliveries(
  kit: Reader,
  id: string,
  { status, limit, before }: DeliveriesAsked,
): Promise<Page> {
  const { head } = await webhookNamed(kit, id);
  const below = before === undefined ? head + 1 : Number(before >> APART);
  const end = before === undefined ? head + 1 : below + Number(before & ((1n << APART) - 1n));
  const items: PastDelivery[] = [];
  let next: bigint | undefined;
  for await (const { kept, open, revision, isLast } of backwards(kit, id, Math.min(end, head + 1))) {
    if (kept && kept.at < below && (status === undefined || kept.status === status)) {
      if (items.length === limit) return { items, next };
      items.push(await shown(kept, id, kit));
      next = placeOf(revision, open);
    }
    if (isLast) return { items, next: items.length === limit ? next : placeOf(revision, open) };
  }
  return { items, next: undefined };
}

function placeOf(revision: number, open: Open): bigint {
  const last = [...open.values()].map((happened) => happened.at(-1)?.revision ?? 0);
  const end = last.reduce((most, one) => Math.max(most, one + 1), revision);
  return (BigInt(revision) << APART) + BigInt(end - revision);
}

/** `text`: a delivery's id or its event's. */
export async function pastDelivery(
  kit: Reader,
  id: string,
  text: string,
): Promise<{ readonly told: Told; readonly recipe: Recipe; readonly shown: PastDelivery }> {
  const event = text.split("_")[0] ?? "";
  const { head } = await webhookNamed(kit, id);
  for await (const { kept } of backwards(kit, id, head + 1, Number.POSITIVE_INFINITY))
    if (kept?.told.event === event)
      return { told: kept.told, recipe: kept.recipe, shown: await shown(kept, id, kit) };
  throw new GleitzeitError(
    "WEBHOOK_NOT_FOUND",
    `webhook ${id} has no delivery ${text}; \`gleitzeit webhooks deliveries ${id}\` lists them`,
  );
}

/** What came of deliveries whose beginning was not reached yet; of each the oldest first. */
type Open = Map<EventId, readonly Happened[]>;

type Looked = {
  /** The delivery that began there, if one did. */
  readonly kept: Kept | undefined;
  readonly open: Open;
  readonly revision: number;
  readonly isLast: boolean;
};

async function* backwards(
  { store, tenant }: Reader,
  id: string,
  from: number,
  most = MOST_LOOKED_AT,
): AsyncGenerator<Looked> {
  const { stream } = await webhookNamed({ store, tenant }, id);
  const open: Open = new Map();
  let looked = 0;
  for (let end = from; end > 0; ) {
    const start = Math.max(0, end - STRETCH);
    const page = (await store.events.read(stream, start, end - start)).filter(
      ({ revision }) => revision < end,
    );
    if (page.length === 0) return;
    for (const stored of page.toReversed()) {
      looked += 1;
      const { revision } = stored;
      yield { kept: begunAt(stored, open), open, revision, isLast: looked >= most };
    }
    end = start;
  }
}

function begunAt(stored: StoredEvent, open: Open): Kept | undefined {
  if (!mayBeOfDelivery(stored)) return undefined;
  const { event, revision, recordedAt } = webhookEventIn(stored);
  if (!isOfDelivery(event)) return undefined;
  const known = open.get(event.data.event) ?? [];
  if (event.type !== "WebhookDeliveryBegun") {
    open.set(event.data.event, [{ event, revision, recordedAt }, ...known]);
    return undefined;
  }
  const [own, others] = event.data.replay === undefined ? [known, []] : ofReplay(known);
  if (others.length > 0) open.set(event.data.event, others);
  else open.delete(event.data.event);
  return keptOf(event.data, { revision, recordedAt }, own);
}

/** What is replayed keeps no order, so attempts that do are of the delivery before; so is whatever was asked for later. */
function ofReplay(known: readonly Happened[]): readonly [readonly Happened[], readonly Happened[]] {
  const asked = known.findIndex(({ event }) => event.type === "WebhookRedeliveryRequested");
  const before = asked < 0 ? known : known.slice(0, asked);
  const isOwn = ({ event: { data } }: Happened): boolean => "alone" in data && data.alone === true;
  return [before.filter(isOwn), known.filter((one) => !before.includes(one) || !isOwn(one))];
}
