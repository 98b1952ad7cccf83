// What the audit log takes from runs: durable steps a second without and with the consumer that signs, as `run` and
// `serve` have it, in turns in one process, so that a busy machine moves both; and the processor time of the thread that
// drives runs, and of all threads, which other programs hardly move. The thread that makes leaves starts once in the life of
// a process; here it starts in each round, and takes a third of a second until it is warm.
import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import * as audit from "../dist/adapters/audit/index.js";
import { systemClock, systemRandom } from "../dist/adapters/host/index.js";
import { growthBeside } from "../dist/compose/audit/growth.js";
import { chain, median, rig } from "./rig.mjs";

/** So many that several checkpoints are signed in each round. */
const [RUNS, PAIRS, AT_ONCE] = [7500, 7, 50];

export async function signing() {
  const rounds = { plain: [], signed: [] };
  // Kept to the end: for some seconds ext4 passes over what was deleted, one by one, for each file that is made.
  const tiles = await mkdtemp(join(tmpdir(), "gleitzeit-bench-tiles-"));
  await measured(); // warm
  for (let i = 0; i < PAIRS; i += 1) {
    const order = i % 2 === 0 ? [false, true] : [true, false];
    for (const isSigning of order) {
      rounds[isSigning ? "signed" : "plain"].push(
        await measured(isSigning ? join(tiles, String(i)) : undefined),
      );
    }
  }
  await rm(tiles, { recursive: true });
  const { plain, signed } = rounds;
  const of = (list, name) => median(list.map((one) => one[name]));
  const ratios = signed.map(({ stepsPerSecond }, i) => stepsPerSecond / plain[i].stepsPerSecond);
  const [without, with_] = [of(plain, "microsPerStep"), of(signed, "microsPerStep")];
  const [allWithout, allWith] = [of(plain, "allMicrosPerStep"), of(signed, "allMicrosPerStep")];
  return {
    figure: "durable steps a second with every event signed, against without",
    without: Math.round(of(plain, "stepsPerSecond")),
    with: Math.round(of(signed, "stepsPerSecond")),
    ratio: round(median(ratios)),
    ratios: ratios.map(round).join(" "),
    mainThreadMicrosPerStep: `${round(without)} without, ${round(with_)} with`,
    mainThreadRatio: round(with_ / without),
    allThreadsMicrosPerStep: `${round(allWithout)} without, ${round(allWith)} with`,
    leavesOfARound: of(signed, "leaves"),
    leavesUnsignedAtItsEnd: of(signed, "behind"),
    load: loadavg().map(round).join(" "),
    limit: "ratio ≥ 0.95",
    met: median(ratios) >= 0.95,
  };
}

const round = (number) => Math.round(number * 100) / 100;

/** Without `tiles` nothing is signed. */
async function measured(tiles) {
  const { store, folder, path, run, close } = await rig();
  const signer = tiles ? signs({ events: store.events, folder, path, tiles }) : undefined;
  const three = chain(3);
  let left = 0;
  const worker = async () => {
    while (left > 0) {
      left -= 1;
      await (await run(three)).end;
    }
  };
  const all = () => Promise.all(Array.from({ length: AT_ONCE }, worker));
  left = RUNS / 30;
  await all();
  left = RUNS;
  const [start, busy, allBusy] = [performance.now(), mainThreadMs(), allThreadsMs()];
  await all();
  const [end, idle, allIdle] = [performance.now(), mainThreadMs(), allThreadsMs()];
  const signed = signer?.size() ?? 0;
  await signer?.close();
  await close();
  const [steps, leaves] = [RUNS * 3, signer?.size() ?? 0];
  return {
    stepsPerSecond: (steps * 1000) / (end - start),
    microsPerStep: ((idle - busy) * 1000) / steps,
    allMicrosPerStep: ((allIdle - allBusy) * 1000) / steps,
    leaves,
    behind: leaves - signed,
  };
}

/** Linux alone tells it. */
function mainThreadMs() {
  try {
    return Number(readFileSync(`/proc/self/task/${process.pid}/schedstat`, "utf8").split(" ")[0]) / 1e6;
  } catch {
    return Number.NaN;
  }
}

function allThreadsMs() {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** As compose/audit/audit.ts puts it together. */
function signs({ events, folder, path, tiles }) {
  const own = randomUUID();
  const quiet = () => undefined;
  const clock = systemClock();
  const parts = {
    events,
    tiles: audit.tileFiles(tiles),
    keys: audit.keyFiles(join(folder, "keys")),
    kept: audit.keptNotes(join(folder, "kept")),
    incarnations: async () => ({ own, isAlive: async (other) => other === own, close: quiet }),
    recording: { actor: { type: "engine", id: own }, clock, random: systemRandom() },
  };
  const growth = growthBeside(audit.growthHere(parts), { path, tiles });
  const auditor = audit.auditor({ ...parts, growth });
  let size = 0;
  const watched = {
    sign: async (most) => {
      const signing = await auditor.sign(most);
      if (signing.kind === "signed") size = signing.checkpoint.size;
      return signing;
    },
  };
  const log = { debug: quiet, info: quiet, warn: console.error, error: console.error };
  const keeping = audit.keepSigning({ events, clock, log, auditor: async () => watched, isLasting: true });
  return { size: () => size, close: () => keeping.close().then(growth.close) };
}

if (process.argv[1] === import.meta.filename) console.log(await signing());
