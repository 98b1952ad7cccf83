// What is asked of an endpoint that is there: to stop, to go on, to send again.
import { type Actor, type Endpoint, type Position, placeOf, type StreamName } from "../../domain/index.ts";
import { changed, webhookNamed } from "./changed.ts";
import type { WebhookKit } from "./kit.ts";

const because = (reason: string | undefined) => (reason === undefined ? {} : { values: { reason } });

export const deleteWebhook = (
  kit: WebhookKit,
  id: string,
  actor: Actor,
  reason?: string,
): Promise<Endpoint> => changed(kit, id, actor, () => [{ type: "WebhookDeleted", data: because(reason) }]);

export const disableWebhook = (
  kit: WebhookKit,
  id: string,
  actor: Actor,
  reason?: string,
): Promise<Endpoint> =>
  changed(kit, id, actor, ({ status }) =>
    status === "disabled"
      ? []
      : [{ type: "WebhookDisabled", data: { reason: "request", ...because(reason) } }],
  );

/** `from`: what stands in the log up to there is not sent; without it, everything since it stopped is. */
export const enableWebhook = (
  kit: WebhookKit,
  id: string,
  actor: Actor,
  from?: Position | "start",
  reason?: string,
): Promise<Endpoint> =>
  changed(kit, id, actor, ({ status }) =>
    status === "active" && from === undefined
      ? []
      : [
          {
            type: "WebhookEnabled",
            data: { ...(from !== undefined && { from: placeOf(from) }), ...because(reason) },
          },
        ],
  );

export type ReplayRequest = {
  readonly from: Position | "start";
  readonly to: Position | "start";
  readonly types?: readonly string[];
  readonly only: "all" | "missing" | "failed";
  /** Of which endpoint it is asked what is missing, where it is not this one. */
  readonly source?: string;
};

export async function replayWebhook(
  kit: WebhookKit,
  id: string,
  { from, to, types, only, source }: ReplayRequest,
  actor: Actor,
  reason?: string,
): Promise<{ readonly endpoint: Endpoint; readonly replay: string }> {
  const stream: StreamName | undefined =
    source === undefined ? undefined : (await webhookNamed(kit, source)).stream;
  const replay = kit.random.eventId();
  const endpoint = await changed(kit, id, actor, () => [
    {
      type: "WebhookReplayRequested",
      data: {
        replay,
        from: from === "start" ? from : placeOf(from),
        to: placeOf(to),
        only,
        ...(types && { types: [...types] }),
        ...(stream !== undefined && { source: stream }),
        ...because(reason),
      },
    },
  ]);
  return { endpoint, replay };
}
