// Appends to a stream of its own and signs after each append, for ever, saying each checkpoint that it signed. Started and
// killed by killed-signers.ts, on the compiled audit log.
import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { auditor, keptNotes, keyFiles, tileFiles } from "../../../dist/adapters/audit/index.js";
import { sqliteIncarnations, sqliteStore } from "../../../dist/adapters/event-store/index.js";
import { systemClock, systemRandom } from "../../../dist/adapters/host/index.js";
import { StreamName } from "../../../dist/domain/index.js";
import { plainEvent } from "../../../dist/engine/ports/index.js";

const [folder] = process.argv.slice(2);
const random = systemRandom();
const { events } = await sqliteStore({ path: join(folder, "log.db"), random: Math.random });
const own = random.eventId();
const incarnations = await sqliteIncarnations({ directory: join(folder, "owners"), own });
const recording = { actor: { type: "engine", id: own }, clock: systemClock(), random };
const { sign } = auditor({
  events,
  tiles: tileFiles(join(folder, "tiles")),
  keys: keyFiles(join(folder, "keys")),
  kept: keptNotes(join(folder, "kept")),
  incarnations: async () => incarnations,
  recording,
});
const stream = StreamName.parse(`schedule-main.${randomUUID()}`);
for (let entry = 0; ; entry += 1) {
  await events.append(stream, entry === 0 ? "none" : entry - 1, [
    plainEvent({ type: "Noted", data: { entry } }, 1, recording),
  ]);
  const signing = await sign();
  if (signing.kind === "signed") process.stdout.write(`${JSON.stringify(signing.checkpoint.note)}\n`);
}
