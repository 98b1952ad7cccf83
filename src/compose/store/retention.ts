// What is past its time: archived as the configuration says, by a command or by a server now and then.
import type { RetentionAccess } from "../../adapters/cli/index.ts";
import * as config from "../../adapters/config/index.ts";
import { GleitzeitError } from "../../domain/index.ts";
import {
  type DueDeliveries,
  dueDeliveries,
  type OwnEngine,
  oldArchives,
  planOf,
  type RetentionKit,
  type RetentionPolicies,
  retain,
  retainRegularly,
} from "../../engine/index.ts";
import { once } from "../../lifetime.ts";
import type { OpenStore } from "../../open-store.ts";
import { auditorParts } from "../audit/parts.ts";
import type { Base } from "../base.ts";
import { archiveFolder } from "./archive-folder.ts";

type Opening = {
  readonly reading: () => Promise<OpenStore>;
  readonly driving: () => Promise<
    OpenStore & {
      readonly actor: RetentionKit["actor"];
      readonly engine: Pick<OwnEngine, "settle" | "settings">;
    }
  >;
};

export type Retention = Pick<RetentionAccess, "plan"> & {
  /** `by`: who has asked; whoever this process acts for, when left out. */
  readonly run: (by?: RetentionKit["actor"]) => ReturnType<RetentionAccess["run"]>;
  /** Until it is stopped, as the configuration says by then. */
  readonly regularly: (stop: AbortSignal) => Promise<void>;
};

export function retentionOf(base: Base, { reading, driving }: Opening): Retention {
  const { clock, random } = base;
  const policies = async (): Promise<RetentionPolicies> =>
    config.retentionPolicies((await base.settings()).values.retention);

  const kit = once(async (): Promise<RetentionKit> => {
    const part = await driving();
    const { store, tenant, readModels, snapshots, actor } = part;
    const folder = await archiveFolder(base, part);
    const { removal } = store;
    if (!removal || folder === undefined) throw cannot(part.place);
    const audit = await import("../../adapters/audit/index.ts");
    const { tenantOfStream: tenantOf } = await import("../../adapters/event-store/index.ts");
    const parts = { ...(await auditorParts(audit, base, part)), blobs: store.blobs, tenantOf, clock };
    const auditor = audit.auditor(parts);
    const archives = audit.archives({ ...parts, folder, auditor: () => auditor });
    const { events, blobs } = store;
    const kept = snapshots && { snapshots: await snapshots() };
    return { events, blobs, removal, archives, readModels, clock, random, tenant, actor, ...kept };
  });

  const run: Retention["run"] = async (by) => {
    const { engine, tenant } = await driving();
    await engine.settle(tenant);
    return retain({ ...(await kit()), ...(by && { actor: by }) }, await policies());
  };

  return {
    run,
    plan: async () => {
      const part = await reading();
      const { store, readModels, tenant } = part;
      const asked = await policies();
      const folder = await archiveFolder(base, part);
      const { archivesIn } = await import("../../adapters/audit/index.ts");
      const all = async () => (folder === undefined ? [] : archivesIn(folder));
      const { events } = store;
      const plan = await planOf({ events, readModels, clock, tenant }, asked);
      const looking = { events, clock, tenant, archives: { all } };
      const old = await oldArchives(looking, asked.deleteArchivesAfterMs);
      const deliveries: DueDeliveries[] = [];
      for await (const { due } of dueDeliveries(looking, asked.webhooks?.maxAgeMs)) deliveries.push(due);
      const count = (await all()).length;
      return { policies: asked, archives: folder, count, old, deliveries, ...plan };
    },
    regularly: async (stop) => {
      if (hasAny(await policies())) await kit();
      const everyMs = async () => config.millisIn((await base.settings()).values.retention.every);
      const { engine, tenant } = await driving();
      const log = await base.log();
      const mayLeave = async (): Promise<boolean> => {
        if (!hasAny(await policies())) return false;
        const { on, from } = await engine.settings.flag("retention", tenant);
        if (!on) log.debug({ what: "retention", from }, "the flag is off: nothing leaves the store");
        return on;
      };
      const retain = async () => ((await mayLeave()) ? run() : undefined);
      await retainRegularly({ clock, log, everyMs, retain }, stop);
    },
  };
}

const hasAny = (policies: RetentionPolicies): boolean => {
  const { default: usual, workflows, webhooks = {}, deleteArchivesAfterMs } = policies;
  const all = [usual, webhooks, ...Object.values(workflows)];
  return deleteArchivesAfterMs !== undefined || all.some((one) => Object.keys(one).length > 0);
};

const cannot = (place: string): GleitzeitError =>
  new GleitzeitError(
    "CONFIGURATION_ERROR",
    `runs cannot leave ${place}: retention is for stores in a file (\`sqlite:PATH\`); leave \`retention\` out of the configuration`,
  );
