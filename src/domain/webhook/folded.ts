// An endpoint as one event, and back: folding goes on from there as it would from all that stood before.
import type { Revision, StreamName } from "../ids.ts";
import { instantOf, millisOf } from "../instant.ts";
import { isList, isObject, type Json } from "../json.ts";
import {
  type DeliveryKey,
  type Endpoint,
  keyOf,
  type OpenDelivery,
  type Replay,
  recipeIn,
  type SigningSecret,
  settingsIn,
  textOf,
} from "./endpoint.ts";
import type { WebhookFolded } from "./folded-event.ts";
import { placeOf, positionAt, sealedIn } from "./parts.ts";

type Data = WebhookFolded["data"];

export function foldedOf(endpoint: Endpoint): WebhookFolded {
  const { settings, url, description, headers, certificate, disabled, owner, failingSince, lastDeliveredAt } =
    endpoint;
  const { events, ...more } = settings;
  return {
    type: "WebhookFolded",
    data: {
      ...more,
      ...(events && { events: [...events] }),
      createdAt: endpoint.createdAt,
      createdBy: { ...endpoint.createdBy },
      status: endpoint.status,
      ...(disabled && { disabled: { ...disabled } }),
      ...(owner !== undefined && { owner }),
      mark: placeOf(endpoint.mark),
      open: [...endpoint.open.values()].map(openPart),
      ahead: [...endpoint.ahead].map(([of, { revision, position }]) => ({
        of,
        revision,
        position: placeOf(position),
      })),
      replays: [...endpoint.replays.values()].map(replayPart),
      failures: endpoint.failures,
      ...(failingSince !== undefined && { failingSince: instantOf(failingSince) }),
      ...(endpoint.isTroubled && { troubled: true as const }),
      delivered: endpoint.delivered,
      parked: endpoint.parked,
      ...(lastDeliveredAt !== undefined && { lastDeliveredAt }),
      values: {
        url,
        ...(description !== undefined && { description }),
        ...(headers && { headers: { ...headers } }),
        ...(certificate && { certificate: { ...certificate } }),
        secrets: endpoint.secrets.map(({ sealed, until }) => ({
          ...sealed,
          ...(until !== undefined && { until: instantOf(until) }),
        })),
      },
    },
  };
}

export const endpointOf = (stream: StreamName, revision: Revision, { values, ...data }: Data): Endpoint => ({
  stream,
  createdAt: data.createdAt,
  createdBy: data.createdBy,
  head: revision,
  folded: revision,
  status: data.status,
  disabled: data.disabled,
  settings: settingsIn(data),
  url: textOf(values?.url) ?? "",
  description: textOf(values?.description),
  headers: sealedIn(values?.headers),
  certificate: sealedIn(values?.certificate),
  secrets: secretsIn(values?.secrets),
  owner: data.owner,
  mark: positionAt(data.mark),
  open: new Map(data.open.map(openIn).map((one) => [keyOf(one), one])),
  ahead: new Map(
    data.ahead.map(
      ({ of, revision: at, position }): [DeliveryKey, { revision: number; position: bigint }] => [
        of,
        { revision: at, position: BigInt(position) },
      ],
    ),
  ),
  replays: new Map(data.replays.map(replayIn).map((one) => [one.id, one])),
  failures: data.failures,
  failingSince: data.failingSince === undefined ? undefined : millisOf(data.failingSince),
  isTroubled: data.troubled ?? false,
  delivered: data.delivered,
  parked: data.parked,
  lastDeliveredAt: data.lastDeliveredAt,
});

const openPart = ({ told, recipe, ...open }: OpenDelivery): Data["open"][number] => ({
  ...told,
  position: placeOf(told.position),
  ...recipe,
  ...(recipe.checkpoint && { checkpoint: { ...recipe.checkpoint } }),
  attempts: open.attempts,
  ...(open.replay !== undefined && { replay: open.replay }),
  ...(open.dueAt !== undefined && { dueAt: instantOf(open.dueAt) }),
  ...(open.isAlone && { alone: true as const }),
  ...(open.isHeld && { held: true as const }),
  ...(open.isOver && { over: true as const }),
});

const openIn = (open: Data["open"][number]): OpenDelivery => {
  const { event, stream, revision, position, replay, dueAt, attempts } = open;
  return {
    told: { event, stream, revision, position: BigInt(position) },
    recipe: recipeIn(open),
    isAlone: open.alone ?? false,
    ...(replay !== undefined && { replay }),
    attempts,
    ...(dueAt !== undefined && { dueAt: millisOf(dueAt) }),
    isHeld: open.held ?? false,
    isOver: open.over ?? false,
  };
};

const replayPart = ({ id, from, to, through, types, ...more }: Replay): Data["replays"][number] => ({
  ...more,
  replay: id,
  from: placeOf(from),
  to: placeOf(to),
  through: placeOf(through),
  ...(types && { types: [...types] }),
});

const replayIn = ({ replay, from, to, through, ...more }: Data["replays"][number]): Replay => ({
  ...more,
  id: replay,
  from: positionAt(from),
  to: positionAt(to),
  through: positionAt(through),
});

const secretsIn = (value: Json | undefined): readonly SigningSecret[] =>
  (isList(value) ? value : []).flatMap((one): readonly SigningSecret[] => {
    const sealed = sealedIn(one);
    const until = isObject(one) && typeof one.until === "string" ? { until: Date.parse(one.until) } : {};
    return sealed ? [{ sealed, ...until }] : [];
  });
