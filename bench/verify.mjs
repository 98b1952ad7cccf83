// Verifying a bundle of a whole log: time and most memory, for a tenth of it and for all of it. The events are those of real
// runs, under the names of as many runs as it takes. `node bench/verify.mjs [EVENTS]`; a million by default.
import { execFileSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import { createWriteStream } from "node:fs";
import { rm, stat } from "node:fs/promises";
import { loadavg } from "node:os";
import { join } from "node:path";
import * as lines from "../dist/adapters/audit/bundle-lines.js";
import { checkpointText, signedNote } from "../dist/adapters/audit/checkpoint.js";
import { leafOf } from "../dist/adapters/audit/leaf.js";
import { signingKey } from "../dist/adapters/audit/signing-key.js";
import { growingTree, leafHash } from "../dist/adapters/audit/verifier/merkle.js";
import { hashesIn } from "../dist/engine/index.js";
import { chain, rig } from "./rig.mjs";

const RUNS = 50;
const VERIFIER = new URL("../dist/adapters/audit/verifier/bundle.js", import.meta.url).href;
const PROGRAM = `
  const { verifyBundle, keysIn } = await import(${JSON.stringify(VERIFIER)});
  const { createReadStream } = await import("node:fs");
  const [file, vkey] = process.argv.slice(1);
  const start = performance.now();
  const verdict = await verifyBundle(createReadStream(file, { highWaterMark: 1 << 20 }), { keys: await keysIn(vkey) });
  const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
  const cpu = (userCPUTime + systemCPUTime) / 1e6;
  console.log(JSON.stringify({ ok: verdict.ok, events: verdict.events, seconds: (performance.now() - start) / 1000, cpu, mb: maxRSS / 1024 }));
`;

export async function verifying(most = 1_000_000) {
  const { store, folder, run, close } = await rig();
  const three = chain(3);
  for (let i = 0; i < RUNS; i += 1) await (await run(three)).end;
  const { events } = await store.events.readAll("start", 500, "run-");
  const blobs = new Map();
  for (const event of events) {
    for (const hash of hashesIn(event.data).hashes) blobs.set(hash, await store.blobs.get("main", hash));
  }
  const whole = runsOf(events);
  const key = signingKey("bench");
  const measured = [];
  for (const count of [most / 10, most]) {
    const file = join(folder, `${count}.bundle`);
    await write(file, { whole, blobs, key, count });
    const args = ["--input-type=module", "-e", PROGRAM, file, key.vkey];
    measured.push({
      ...JSON.parse(execFileSync(process.execPath, args, { encoding: "utf8" })),
      bytes: (await stat(file)).size,
    });
    await rm(file);
  }
  await close();
  const [few, many] = measured;
  return {
    figure: `verify a bundle of everything, ${many.events} events of ${Math.round(many.bytes / many.events)} bytes`,
    seconds: round(many.seconds),
    processorSeconds: round(many.cpu),
    eventsPerSecond: Math.round(many.events / many.seconds),
    mostMemoryMb: `${Math.round(few.mb)} for a tenth, ${Math.round(many.mb)} for all`,
    load: loadavg().map(round).join(" "),
    limit: "≤ 30 s for a million",
    met: many.ok && many.events === most && many.seconds <= (30 * most) / 1_000_000,
  };
}

const round = (number) => Math.round(number * 100) / 100;

/** The streams that are whole among these. */
function runsOf(events) {
  const streams = Map.groupBy ? Map.groupBy(events, ({ stream }) => stream) : grouped(events);
  return [...streams.values()].filter((run) => run.at(-1)?.type === "RunSucceeded" && run[0]?.revision === 0);
}

function grouped(events) {
  const streams = new Map();
  for (const event of events) streams.set(event.stream, [...(streams.get(event.stream) ?? []), event]);
  return streams;
}

/** The same events under ids of their own, the same again when asked again. */
function* log({ whole, names, count }) {
  for (let i = 0, made = 0; made < count; i += 1) {
    names[i] ??= `run-main.${randomUUID()}`;
    for (const event of whole[i % whole.length]) {
      if (made === count) return;
      made += 1;
      yield { ...event, stream: names[i] };
    }
  }
}

async function write(file, { whole, blobs, key, count }) {
  const names = [];
  const tree = growingTree();
  for (const event of log({ whole, names, count })) tree.add(leafHash(leafOf(event)));
  const head = { origin: "bench", size: count, root: tree.root() };
  const checkpoint = signedNote(checkpointText(head), [key]);
  const header = {
    origin: "bench",
    scope: { all: true },
    vkey: key.vkey,
    oldVkeys: [],
    checkpoint,
    consistency: [],
  };
  const out = createWriteStream(file);
  for await (const line of lines.withEnd(all({ ...header, createdAt: new Date().toISOString() }))) {
    if (!out.write(line)) await new Promise((resolve) => out.once("drain", resolve));
  }
  await new Promise((resolve) => out.end(resolve));

  async function* all(first) {
    yield lines.headerLine(first);
    const written = new Set();
    let index = 0;
    for (const event of log({ whole, names, count })) {
      yield lines.eventLine(event, index);
      index += 1;
      for (const hash of hashesIn(event.data).hashes) {
        if (!written.has(hash)) yield lines.blobLine(hash, blobs.get(hash));
        written.add(hash);
      }
    }
  }
}

if (process.argv[1] === import.meta.filename)
  console.log(await verifying(process.argv[2] === undefined ? undefined : Number(process.argv[2])));
