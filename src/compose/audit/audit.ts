// The audit log of a store: always on, and nothing of it is loaded before the log has something to sign.
import type { AuditingParts } from "../../adapters/audit/index.ts";
import type { Auditing, VerifyBundle } from "../../adapters/cli/index.ts";
import * as config from "../../adapters/config/index.ts";
import { type Recording, subjectPseudonym } from "../../engine/index.ts";
import { closers, once } from "../../lifetime.ts";
import type { OpenStore } from "../../open-store.ts";
import type { Base } from "../base.ts";
import { witnessOutbound } from "../outbound.ts";
import { archiveFolder } from "../store/archive-folder.ts";
import { auditorParts } from "./parts.ts";

const LONGEST_WITNESSING_MS = 30_000;

const adapter = () => import("../../adapters/audit/index.ts");
type Adapter = Awaited<ReturnType<typeof adapter>>;

/** Closes after the engine, so that the last checkpoint covers what that did at its end. */
export async function signWhileOpen(base: Base, part: OpenStore): Promise<void> {
  const { closing, clock, log } = base;
  const { keepSigning } = await import("../../adapters/audit/keep-signing.ts");
  const { events } = part.store;
  const isLasting = part.auditFolders !== undefined;
  const beside = closers();
  let signed = (): void => undefined;
  const auditor = once(async () => {
    const audit = await adapter();
    const parts = await auditorParts(audit, base, part);
    const here = audit.growthHere(parts);
    const { file: path, tiles = "" } = part.auditFolders ?? {};
    if (path === undefined) return audit.auditor({ ...parts, growth: here });
    const { growthBeside } = await import("./growth.ts");
    const growth = beside.add(growthBeside(here, { path, tiles }, await log()), (one) => one.close());
    return audit.auditor({ ...parts, growth });
  });
  const { witnesses, every } = (await base.settings()).values.audit;
  if (isLasting && witnesses.length > 0) {
    const { keepCosigning } = await import("../../adapters/audit/keep-cosigning.ts");
    const asked = once(async () => {
      const audit = await adapter();
      return cosigningOf(base, audit, await auditorParts(audit, base, part));
    });
    const everyMs = config.millisIn(every);
    const cosigning = keepCosigning({ clock, log: await log(), everyMs, cosigning: asked });
    beside.add(cosigning, (one) => one.close());
    signed = cosigning.signed;
  }
  const signing = keepSigning({
    events,
    clock,
    log: await log(),
    auditor,
    signed: () => signed(),
    isLasting,
  });
  closing.add(beside, (one) => one.close());
  closing.add(signing, (one) => one.close());
}

async function cosigningOf(base: Base, audit: Adapter, parts: Awaited<ReturnType<typeof auditorParts>>) {
  const { witnesses } = (await base.settings()).values.audit;
  const known = witnesses.map(({ url, vkey }) => ({ url, key: audit.witnessKeyOf(vkey) }));
  return audit.cosigning({ ...parts, witnesses: known, outbound: witnessOutbound(base) });
}

async function archivesKept(base: Base, audit: Adapter, part: OpenStore) {
  const place = await archiveFolder(base, part);
  if (place === undefined) return {};
  return { archives: { place, all: () => audit.archivesIn(place), ...audit.archiveReading(place) } };
}

type Opening = {
  readonly reading: () => Promise<OpenStore>;
  readonly driving: () => Promise<OpenStore>;
};

/** What a store has to be audited with. */
export async function auditKit(base: Base) {
  const audit = await adapter();
  const { tenantOfStream: tenantOf } = await import("../../adapters/event-store/index.ts");
  const { clock } = base;
  const partsOn = async (part: OpenStore) => ({
    ...(await auditorParts(audit, base, part)),
    blobs: part.store.blobs,
    tenantOf,
    clock,
  });
  return { audit, partsOn };
}

/** For whoever is recorded as asking; what that takes is opened once for all of them. */
export async function auditingBy(
  base: Base,
  { reading, driving }: Opening,
): Promise<(by: () => Promise<Recording["actor"]>) => Auditing> {
  const { audit, partsOn } = await auditKit(base);
  const { clock, random } = base;
  const opened = once(async () => {
    const part = await driving();
    const parts = await partsOn(part);
    return { parts, tenant: part.tenant, nameOf: part.nameOf, auditor: audit.auditor(parts) };
  });
  return (by) => {
    const writing = async () => {
      const recording: Recording = { actor: await by(), clock, random };
      return { ...(await opened()), recording };
    };
    return auditingAs({ base, audit, partsOn, reading, opened, writing });
  };
}

type Writing = {
  readonly parts: AuditingParts;
  readonly tenant: string;
  readonly nameOf: OpenStore["nameOf"];
  readonly auditor: ReturnType<Adapter["auditor"]>;
};

type Asked = Pick<Opening, "reading"> &
  Awaited<ReturnType<typeof auditKit>> & {
    readonly base: Base;
    readonly opened: () => Promise<Writing>;
    readonly writing: () => Promise<Writing & { readonly recording: Recording }>;
  };

function auditingAs({ base, audit, partsOn, reading, opened, writing }: Asked): Auditing {
  return {
    latest: async () => audit.shownHead(await audit.vkeysIn(await partsOn(await reading()))),
    vkeys: async () => audit.vkeysIn(await partsOn(await reading())),
    checkpoint: async () => {
      const { parts, auditor } = await opened();
      const checkpoint = await audit.checkpointOfAll(parts, auditor);
      const witnesses = await cosigningOf(base, audit, parts);
      return audit.shownCosigned(checkpoint, await witnesses.ask(AbortSignal.timeout(LONGEST_WITNESSING_MS)));
    },
    verify: async (vkeys, progress) => {
      const part = await reading();
      const { witnesses } = (await base.settings()).values.audit;
      const known = witnesses.map(({ vkey }) => audit.witnessKeyOf(vkey));
      const verdict = await audit.verifyWhole(
        { ...(await partsOn(part)), ...(await archivesKept(base, audit, part)) },
        vkeys,
        known,
        progress,
      );
      return { place: part.place, ...verdict, witnessed: verdict.witnessed.map(audit.shownWitnessed) };
    },
    prove: async (eventId) => {
      const { parts, auditor } = await opened();
      const checkpoint = await audit.checkpointOfAll(parts, auditor);
      return { ...(await audit.proof(parts, checkpoint, eventId)), size: checkpoint.size };
    },
    trail: async ({ person, ...asked }) => {
      const { parts, recording, nameOf } = await writing();
      const { keys, tenant } = await reading();
      const subject = person === undefined ? {} : { subject: subjectPseudonym(await keys(), tenant, person) };
      return audit.trailOf(parts, { ...asked, ...subject }, nameOf, recording);
    },
    acceptRollback: async (reason) => {
      const { parts, recording } = await writing();
      return audit.shownRollback(await audit.acceptRollback({ ...parts, recording }, reason));
    },
    rotate: async (asked) => {
      const { parts, recording } = await writing();
      return audit.rotateKey({ ...parts, recording }, asked);
    },
    bundle: async (what, since) => {
      const { parts, auditor, recording, tenant } = await writing();
      await audit.checkpointOfAll(parts, auditor);
      return audit.exportBundle(parts, "all" in what ? what : { ...what, tenant }, since, recording);
    },
    exported: async (format, what, since) => {
      const { parts, auditor, recording } = await writing();
      await audit.checkpointOfAll(parts, auditor);
      return audit.recordedExport(parts, { format, ...(!("all" in what) && what) }, since, recording);
    },
  };
}

export const verifyBundle: VerifyBundle = async (chunks, asked) =>
  (await adapter()).verifyGiven(chunks, asked);
