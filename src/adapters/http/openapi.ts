// The OpenAPI document, made from the same schemas that requests are checked by.
import swagger from "@fastify/swagger";
import { jsonSchemaTransform, jsonSchemaTransformObject } from "fastify-type-provider-zod";
import { isObject, type JsonObject } from "../../domain/index.ts";
import type { App } from "./app.ts";
import { docsPage } from "./docs-page.ts";
import { withProblemReferences } from "./problem-references.ts";
import { tidied } from "./tidied.ts";

export async function openApi(app: App, version: string): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: "3.1.0",
      info: {
        title: "Gleitzeit",
        version,
        description: "Runs workflows: graphs of tasks, every fact about them an event in a log.",
        license: { name: "MIT", identifier: "MIT" },
      },
      servers: [{ url: "/", description: "The server that gave this document." }],
      tags: TAGS.map(([name, description]) => ({ name, description })),
      security: [{ key: [] }],
      components: {
        securitySchemes: {
          key: {
            type: "http",
            scheme: "bearer",
            description: "`gz_<id>_<secret>`, from `gleitzeit keys create`.",
          },
        },
      },
    },
    transform: jsonSchemaTransform,
    transformObject: jsonSchemaTransformObject,
  });
  let document: JsonObject | undefined;
  const made = (): JsonObject => {
    if (document) return document;
    const drawn: unknown = app.swagger();
    document = withProblemReferences(tidied(isObject(drawn) ? drawn : {}));
    return document;
  };
  app.get("/openapi.json", { schema: { hide: true } }, async (_, reply) => reply.send(made()));
  app.get("/docs", { schema: { hide: true } }, async (_, reply) =>
    reply.type("text/html; charset=utf-8").send(docsPage(made())),
  );
}

const TAGS = [
  ["runs", "Workflows that ran, run, or will."],
  ["events", "The log, which is what happened."],
  ["workflows", "Documents: registered, and checked."],
  ["providers", "What there is to call, and what it cost."],
  ["keys", "Who may come in."],
  ["audit", "What is signed of the log, as others may check it."],
  ["persons", "Whose data is held, or destroyed."],
  ["configuration", "What the server runs with."],
  ["health", "How the server is."],
] as const;
