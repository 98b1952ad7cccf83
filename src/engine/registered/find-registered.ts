// A registered workflow as somebody names it: by its name or its id, and if need be with a version, `NAME@VERSION`.
import { didYouMean, GleitzeitError, slug } from "../../domain/index.ts";
import type { Sha256, Store } from "../ports/index.ts";
import {
  allRegistrations,
  currentOf,
  nameOf,
  type Registration,
  type Registrations,
  registeredStream,
  registrationsIn,
} from "./registrations.ts";

export type Registry = { readonly store: Store; readonly tenant: string; readonly sha256: Sha256 };

export type FoundRegistration = {
  readonly registration: Registration;
  readonly all: Registrations;
  /** Whether a version was named. */
  readonly isPinned: boolean;
};

/** WORKFLOW_NOT_FOUND with what was probably meant. */
export async function findRegistered(
  registry: Registry,
  text: string,
  version?: string,
): Promise<FoundRegistration> {
  const [name, pinned] = version === undefined ? apart(text) : [text, version];
  const whole = await named(registry, text);
  if (whole && version === undefined) return { registration: currentOf(whole), all: whole, isPinned: false };
  const all = whole ?? (pinned === undefined ? undefined : await named(registry, name));
  if (!all) throw await unknown(registry, text, name);
  if (pinned === undefined) return { registration: currentOf(all), all, isPinned: false };
  const registration = all.findLast((one) => isVersion(one, pinned));
  if (registration) return { registration, all, isPinned: true };
  const known = [...new Set(all.map(versionText))];
  const message = `\`${nameOf(all)}\` has no version \`${pinned}\`; there are ${known.join(", ")}`;
  throw new GleitzeitError("WORKFLOW_NOT_FOUND", message);
}

function apart(text: string): readonly [string, string | undefined] {
  const at = text.lastIndexOf("@");
  return at > 0 && at < text.length - 1 ? [text.slice(0, at), text.slice(at + 1)] : [text, undefined];
}

/** The id is looked for first, then what its name would be; a name that makes another id is looked for among all. */
async function named({ store, tenant, sha256 }: Registry, name: string): Promise<Registrations | undefined> {
  const fromName = slug(name);
  for (const id of new Set([name, ...(fromName === undefined ? [] : [fromName])])) {
    const found = await registrationsIn(store.events, registeredStream(sha256, id, tenant));
    if (found) return found;
  }
  const all = (await allRegistrations(store.events, tenant)).filter((one) => nameOf(one) === name);
  const [only, ...others] = all;
  if (others.length === 0) return only;
  const ids = all.map((one) => `\`${currentOf(one).event.data.workflow.id}\``).join(", ");
  throw new GleitzeitError("INVALID_REQUEST", `several workflows are called \`${name}\`: say which, ${ids}`);
}

async function unknown({ store, tenant }: Registry, text: string, name: string): Promise<GleitzeitError> {
  const all = await allRegistrations(store.events, tenant);
  const known = all.flatMap((one) => [nameOf(one), currentOf(one).event.data.workflow.id]);
  const meant = didYouMean(name, known) || "; a file is named with its suffix, such as `workflow.yaml`";
  return new GleitzeitError("WORKFLOW_NOT_FOUND", `no workflow is registered as \`${text}\`${meant}`);
}

/** So many digits of a hash name a version. */
const LEAST_DIGITS = 6;

function isVersion({ event: { data } }: Registration, text: string): boolean {
  if (data.workflow.version === text) return true;
  const digits = text.replace(/^(?:hmac-)?sha256-/, "").toLowerCase();
  if (digits.length < LEAST_DIGITS || !/^[0-9a-f]+$/.test(digits)) return false;
  return [data.workflow.hash, data.contentHash].some((hash) => hash.includes(`sha256-${digits}`));
}

/** As its author calls it, or the beginning of its hash. */
const versionText = ({ event: { data } }: Registration): string =>
  data.workflow.version ?? data.workflow.hash.slice("sha256-".length, "sha256-".length + 12);
