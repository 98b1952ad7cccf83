// Writes the schemas that editors read, from the ones that the program checks with. Run after a build.
import { mkdirSync, writeFileSync } from "node:fs";
import { configJsonSchema } from "../dist/adapters/config/index.js";
import { documentSchemas } from "../dist/domain/index.js";

const folder = new URL("../schemas/", import.meta.url);
mkdirSync(folder, { recursive: true });
const schemas = { config: configJsonSchema(), ...documentSchemas() };
for (const [name, schema] of Object.entries(schemas)) {
  writeFileSync(new URL(`${name}.json`, folder), `${JSON.stringify(schema, null, 2)}\n`);
}
