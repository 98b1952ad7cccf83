// Writes what follows from the program: schemas for editors and other programs, and the pages of its commands and their
// JSON. With `--check` nothing is written: exit 1 and the names of those that are not current. Run after a build.
import { execFileSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { outputSchemas } from "../dist/adapters/cli/json/index.js";
import { program } from "../dist/adapters/cli/program.js";
import { configJsonSchema } from "../dist/adapters/config/index.js";
import { documentSchemas, webhookCatalogue } from "../dist/domain/index.js";
import { cliPage } from "./cli-page.mjs";
import { jsonPage } from "./json-page.mjs";
import { withMethods } from "./method-tables.mjs";
import { clientTypes, openApiDocument } from "./openapi.mjs";

const printing = { out: () => undefined, err: () => undefined, columns: 100 };
const json = (schema) => `${JSON.stringify(schema, null, 2)}\n`;
const { workflow, batch } = documentSchemas();

const openapi = await openApiDocument();

const root = fileURLToPath(new URL("../", import.meta.url));

/** As the program lists them, with a server of each kind declared; nobody is called for that. */
function methods() {
  const home = mkdtempSync(join(tmpdir(), "gz-generate-"));
  try {
    const config = join(home, "config.yaml");
    writeFileSync(
      config,
      "providers: {m: {type: ollama}, j: {type: jsonrpc, command: none}, d: {type: docker, image: none}}\n",
    );
    const env = { PATH: process.env.PATH, GLEITZEIT_HOME: home, GLEITZEIT_CONFIG: config };
    const argv = [join(root, "dist/main.js"), "providers", "methods", "--json"];
    return JSON.parse(execFileSync(process.execPath, argv, { cwd: home, env, encoding: "utf8" })).items;
  } finally {
    rmSync(home, { recursive: true });
  }
}

function providerPages() {
  const listed = methods();
  const pages = readdirSync(join(root, "docs/providers")).filter((name) => name.endsWith(".md"));
  return Object.fromEntries(
    pages.map((name) => {
      const path = `docs/providers/${name}`;
      return [path, withMethods(readFileSync(join(root, path), "utf8"), listed)];
    }),
  );
}

const files = {
  "schemas/workflow.json": json(workflow),
  "schemas/batch.json": json(batch),
  "schemas/config.json": json(configJsonSchema()),
  ...Object.fromEntries(
    webhookCatalogue().map(({ type, schema, sample }) => [
      `schemas/events/${type}.v1.json`,
      json({ $schema: "https://json-schema.org/draft/2020-12/schema", ...schema, examples: [sample] }),
    ]),
  ),
  "schemas/output.json": json(outputSchemas()),
  "schemas/openapi.json": json(openapi),
  "src/adapters/client/openapi.gen.ts": await clientTypes(openapi),
  "docs/cli.md": cliPage(() => program("", printing, () => undefined)),
  "docs/json.md": jsonPage(outputSchemas()),
  ...providerPages(),
};

for (const [name, text] of Object.entries(files)) {
  const path = fileURLToPath(new URL(`../${name}`, import.meta.url));
  if (existsSync(path) && readFileSync(path, "utf8") === text) continue;
  console.log(name);
  if (process.argv.includes("--check")) {
    process.exitCode = 1;
  } else {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
}
