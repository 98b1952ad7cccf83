// Whether a new run of a user is taken. The one place that every way in goes through; runs that other runs call, and what
// runs already, do not come here.
//
// 1. Where nothing is set for the tenant this is one look at what is kept, and nothing else.
// 2. A repeat of a run that is there is never refused here: nothing new would come of it.
// 3. Where runs are counted, one is taken after the other in this process, so that none slips in between count and append.
import {
  type FlagStanding,
  GleitzeitError,
  instantOf,
  limitOf,
  type Quota,
  type RunId,
  runStream,
} from "../../domain/index.ts";
import type { Kit } from "../host.ts";
import type { KeptSettings } from "./kept-settings.ts";

export type Admission = <T>(run: RunId, tenant: string, take: () => Promise<T>) => Promise<T>;

type Counting = Pick<Kit, "events" | "clock" | "readModels">;

const DAY_MS = 86_400_000;

export function admission(kit: Counting, settings: KeptSettings): Admission {
  const turns = new Map<string, Promise<unknown>>();

  const inTurn = <T>(tenant: string, work: () => Promise<T>): Promise<T> => {
    const turn = (turns.get(tenant) ?? Promise.resolve()).then(work, work);
    turns.set(tenant, turn);
    return turn;
  };
  const isThere = async (run: RunId, tenant: string): Promise<boolean> =>
    (await kit.events.read(runStream(run, tenant), 0, 1)).length > 0;

  return async (run, tenant, take) => {
    const submissions = await settings.flag("submissions", tenant);
    const set = await settings.of(tenant);
    const limits = { open: limitOf(set, "open_runs"), daily: limitOf(set, "runs_per_day") };
    const isCounted = limits.open !== undefined || limits.daily !== undefined;
    if (submissions.on && !isCounted) return take();
    if (await isThere(run, tenant)) return take();
    if (!submissions.on) throw switchedOff(submissions);
    return inTurn(tenant, async () => {
      if (!(await isThere(run, tenant))) await checkCounts(kit, tenant, limits);
      return take();
    });
  };
}

type Limits = { readonly open: number | undefined; readonly daily: number | undefined };

async function checkCounts(
  { clock, readModels }: Counting,
  tenant: string,
  { open, daily }: Limits,
): Promise<void> {
  const now = clock.now();
  const counted = await (await readModels()).submitted(tenant, dayOf(now));
  if (open !== undefined && counted.open >= open)
    throw usedUp("open_runs", `${counted.open} runs have not ended, and ${open} may be open at once`);
  if (daily === undefined || counted.onDay < daily) return;
  const seconds = Math.ceil((DAY_MS - (now % DAY_MS)) / 1000);
  const text = `${counted.onDay} runs were submitted on this day (UTC), and ${daily} may be; the next day begins in ${seconds} s`;
  throw usedUp("runs_per_day", text, { retryAfterSeconds: seconds });
}

/** `2026-03-01`, in UTC. */
export const dayOf = (now: number): string => instantOf(now).slice(0, 10);

function switchedOff({ from }: FlagStanding): GleitzeitError {
  const where = from === "configuration" ? "in the configuration (`flags.submissions`)" : "for this tenant";
  return new GleitzeitError(
    "AUTHORIZATION_FAILED",
    `no new runs are taken: the flag \`submissions\` is off ${where}; an admin sets it again with \`gleitzeit flags set submissions on\``,
    { details: { flag: "submissions", from } },
  );
}

const usedUp = (quota: Quota, text: string, more: { readonly retryAfterSeconds?: number } = {}) =>
  new GleitzeitError(
    "RATE_LIMIT_EXCEEDED",
    `the quota \`${quota}\` is used up: ${text}; an admin sets another with \`gleitzeit quotas set ${quota} LIMIT\``,
    { details: { quota, ...more } },
  );
