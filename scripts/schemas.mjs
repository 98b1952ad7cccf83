// Writes the schemas that editors read, from the ones that the program checks with. Run after a build.
import { mkdirSync, writeFileSync } from "node:fs";
import { configJsonSchema } from "../dist/adapters/config/index.js";

const folder = new URL("../schemas/", import.meta.url);
mkdirSync(folder, { recursive: true });
writeFileSync(new URL("config.json", folder), `${JSON.stringify(configJsonSchema(), null, 2)}\n`);
