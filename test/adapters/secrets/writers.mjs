// A process that sets secrets one after the other: `node writers.mjs FOLDER PREFIX COUNT`.
import { join } from "node:path";
import { exclusively } from "../../../dist/adapters/event-store/index.js";
import { systemClock } from "../../../dist/adapters/host/index.js";
import { vault } from "../../../dist/adapters/secrets/index.js";

const [folder, prefix, count] = process.argv.slice(2);
const safe = vault({
  file: join(folder, "secrets", "vault.json"),
  keyFile: join(folder, "keys", "vault.key"),
  clock: systemClock(),
  exclusively: (file, work) => exclusively(file, work, Math.random),
});
for (let n = 0; n < Number(count); n += 1) {
  await safe.set(`${prefix}-${n}`, `value of ${prefix} ${n}`);
  if (n === 2) await safe.changeKey();
}
