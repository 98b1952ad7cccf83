// The OpenAPI document as a server gives it, and the types that the client has from it.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import openapiTS, { astToString } from "openapi-typescript";
import { compose } from "../dist/compose.js";
import { version } from "../dist/version.js";

export async function openApiDocument() {
  const home = mkdtempSync(join(tmpdir(), "gleitzeit-openapi-"));
  const parts = compose(
    {
      env: { GLEITZEIT_HOME: home },
      workingFolder: home,
      userHome: home,
      processors: 1,
      version,
      nodeVersion: process.version,
      platform: process.platform,
      user: "generate",
      log: (line) => console.error(line),
    },
    { json: false, quiet: true, verbose: false, store: "memory:" },
  );
  try {
    const { url } = await parts.serve({ port: 0 });
    return await (await fetch(`${url}/openapi.json`)).json();
  } finally {
    await parts.close();
    rmSync(home, { recursive: true, force: true });
  }
}

export const clientTypes = async (document) =>
  `// Made from schemas/openapi.json by \`npm run generate\`.\n${astToString(await openapiTS(document))}`;
