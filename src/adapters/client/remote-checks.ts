// Documents that a server judges, or takes under their names.
import type { Problem } from "../../domain/index.ts";
import type { VersionDocument } from "../../engine/index.ts";
import type { Client } from "./client.ts";
import type { components } from "./openapi.gen.ts";
import { AS_TEXT, documentOf } from "./told.ts";

type Sent = components["schemas"]["Checking"] & { readonly workflow: string };

/** `path` is what the document is called here; problems name it so. */
export async function checkedBy(client: Client, path: string, sent: Sent): Promise<readonly Problem[]> {
  const asked = client.POST("/v1/validate", { body: sent, ...AS_TEXT });
  const { problems } = await documentOf<{ readonly problems: readonly Problem[] }>(asked);
  return problems.map((one) => (one.file === sent.file ? { ...one, file: path } : one));
}

export function registeredBy(
  client: Client,
  sent: Sent,
  reason: string | undefined,
): Promise<VersionDocument & { readonly created: boolean }> {
  const body = { ...sent, ...(reason !== undefined && { reason }) };
  return documentOf(client.POST("/v1/workflows", { body, ...AS_TEXT }));
}
