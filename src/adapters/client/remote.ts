// A server as the command line uses a store: a log to read, an engine to ask, answers about all runs.
import {
  type Actor,
  GleitzeitError,
  type Incarnation,
  RunId,
  runOfStream,
  type StreamName,
  TENANT_MAIN,
} from "../../domain/index.ts";
import type { Clock, Driving, Reading } from "../../engine/index.ts";
import type { Client } from "./client.ts";
import { remoteEngine } from "./remote-engine.ts";
import { remoteLog } from "./remote-events.ts";
import { AS_TEXT, documentOf } from "./told.ts";

export { remoteHolds, remotePersons, remoteRetention } from "./remote-admin.ts";
export { remoteAnswers } from "./remote-answers.ts";
export { remoteAudit, remoteExports } from "./remote-audit.ts";
export type { PostedRequest, PostedRun } from "./remote-engine.ts";
export { remoteKeyring } from "./remote-keys.ts";
export { remoteSettings } from "./remote-settings.ts";
export { remoteWebhooks } from "./remote-webhooks.ts";

type Given = {
  readonly client: Client;
  readonly url: string;
  readonly clock: Clock;
  readonly own: Incarnation;
};

export function remote({ client, url, clock, own }: Given): Driving {
  const { events, blobs } = remoteLog(client, clock);
  const names = new Map<string, Promise<string | undefined>>();

  const nameOf = async ({ id }: Actor): Promise<string | undefined> => {
    const params = { path: { actor: id } };
    const asked = client.GET("/v1/actors/{actor}", { params, ...AS_TEXT });
    const { name } = await documentOf<{ readonly name: string | null }>(asked);
    return name ?? undefined;
  };
  /** Its first event says which one it is; what it holds need not come along. */
  const find = async (text: string): Promise<RunId> => {
    const params = { path: { id: text }, query: { from: 0, limit: 1 } };
    const asked = client.GET("/v1/runs/{id}/events", { params, ...AS_TEXT });
    const { items } = await documentOf<{ readonly items: readonly { readonly stream: StreamName }[] }>(asked);
    return RunId.parse(items[0] && runOfStream(items[0].stream));
  };

  const reading: Reading = {
    store: {
      events,
      blobs,
      seals: { keyFor: async () => undefined, keyOf: async () => undefined },
      close: () => events.close(),
    },
    place: url,
    exists: true,
    tenant: TENANT_MAIN,
    readModels: async () => notHere("what is computed from its log"),
    keys: async () => notHere("its keys"),
    isAlive: async () => true,
    nameOf: (actor) => {
      const known = names.get(actor.id) ?? nameOf(actor);
      names.set(actor.id, known);
      return known;
    },
    server: { find },
  };
  const driving: Driving = {
    ...reading,
    engine: remoteEngine({ client, clock, own, driving: async () => driving }),
    actor: { type: "cli", id: own },
    names: {
      entryOf: async () => notHere("its directory of names"),
      erase: async () => notHere("its directory of names"),
    },
  };
  return driving;
}

const notHere = (what: string): never => {
  throw new GleitzeitError("USAGE_ERROR", `a server keeps ${what} to itself`);
};
