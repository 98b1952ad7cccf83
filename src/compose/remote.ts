// The parts of a command that is sent to a server: what reads the log reads it over HTTP, what drives runs asks the server.
// Nothing of a store on this machine is opened.
import type { Parts } from "../adapters/cli/index.ts";
import * as config from "../adapters/config/index.ts";
import { GleitzeitError } from "../domain/index.ts";
import type { ProviderRegistry } from "../engine/index.ts";
import { once } from "../lifetime.ts";
import { cassettesFrom } from "./audit/exporting.ts";
import type { Base } from "./base.ts";
import { remoteDocuments } from "./documents/remote.ts";

type Given = {
  readonly base: Base;
  /** As somebody gave it. */
  readonly server: string;
  readonly key: string | undefined;
  readonly registry: () => Promise<ProviderRegistry>;
};

/** All that a command may ask of a log or an engine; the rest of the parts is about this machine. */
type Through = Pick<
  Parts,
  | "server"
  | "check"
  | "workflow"
  | "workflowNamed"
  | "written"
  | "request"
  | "checkSecrets"
  | "ready"
  | "reading"
  | "driving"
  | "answers"
  | "replaying"
  | "keeping"
  | "auditing"
  | "exporting"
  | "persons"
  | "holds"
  | "retention"
  | "keyring"
  | "settings"
  | "webhooks"
  | "deliverWebhooks"
  | "drain"
>;

export function throughServer({ base, server, key, registry }: Given): Through {
  const { clock, closing, own } = base;
  const url = config.serverUrl(server);
  const client = once(async () => {
    const { gleitzeitClient } = await import("../adapters/client/index.ts");
    const { patientFetch: fetch } = await import("../adapters/client/patient-fetch.ts");
    return gleitzeitClient({ url, fetch, ...(key !== undefined && { key }) });
  });
  const adapter = () => import("../adapters/client/remote.ts");
  const driving = once(async () => {
    const { remote } = await adapter();
    const opened = remote({ client: await client(), url, clock, own });
    closing.add(opened, async ({ engine, store }) => {
      await engine.close();
      await store.close();
    });
    return opened;
  });
  const asked = once(async () => (await adapter()).remoteAnswers(await client(), url, clock));
  const documents = remoteDocuments({
    base,
    registry,
    registered: async (name, version) => (await asked()).workflow(name, version),
  });
  const notThere = async (): Promise<never> => {
    throw new GleitzeitError("USAGE_ERROR", `this is not asked of a server, and ${url} is one`);
  };
  const { workflow, workflowNamed, written, request, sent } = documents;
  const exports = once(async () => (await adapter()).remoteExports(await client()));

  return {
    server: url,
    workflow,
    workflowNamed,
    written,
    request,
    check: async (path) => {
      const { checkedBy } = await import("../adapters/client/remote-checks.ts");
      return checkedBy(await client(), path, await sent(path));
    },
    checkSecrets: async () => undefined,
    ready: async () => undefined,
    reading: driving,
    driving,
    answers: {
      runs: async (query) => (await asked()).runs(query),
      status: async () => (await asked()).status(),
      failures: async (query) => (await asked()).failures(query),
      workflows: async () => (await asked()).workflows(),
      workflow: async (name, version) => (await asked()).workflow(name, version),
      register: async (path, reason) => {
        const { registeredBy } = await import("../adapters/client/remote-checks.ts");
        return registeredBy(await client(), await sent(path), reason);
      },
    },
    replaying: async () => {
      throw new GleitzeitError(
        "USAGE_ERROR",
        "a run is decided again by the engine of this machine, on a store: do it where the store is, or with --store on a copy of it (`gleitzeit store backup`); through a server, `export RUN --format cassette` takes its calls, for `run FILE --play`",
      );
    },
    keeping: notThere,
    auditing: async () => {
      const { remoteAudit } = await adapter();
      const aboutTheStore = { verify: notThere, acceptRollback: notThere, rotate: notThere };
      return { ...aboutTheStore, exported: notThere, ...remoteAudit(await client()) };
    },
    exporting: {
      lines: async (format, what, since) => (await exports()).lines(format, what, since),
      heldOn: async (name) => (await exports()).heldOn(name),
      cassette: cassettesFrom(base, async (run, children) => (await exports()).calls(run, children)),
    },
    persons: async () => (await adapter()).remotePersons(await client()),
    holds: async () => (await adapter()).remoteHolds(await client()),
    retention: () => ({
      plan: async () => (await adapter()).remoteRetention(await client()).plan(),
      run: async () => (await adapter()).remoteRetention(await client()).run(),
    }),
    keyring: async () => (await adapter()).remoteKeyring(await client()),
    settings: async () => (await adapter()).remoteSettings(await client()),
    webhooks: async () => {
      const { remoteWebhooks } = await adapter();
      const { placeInTime } = await import("../engine/webhooks/index.ts");
      const { store, actor } = await driving();
      return {
        desk: remoteWebhooks(await client(), (time) => placeInTime(store.events, time)),
        actor: async () => actor,
        head: () => store.events.head(),
        signatureProblem: notThere,
      };
    },
    deliverWebhooks: notThere,
    drain: notThere,
  };
}
