// The audit log of a server, and what leaves it, as commands ask for them on a store. Who asks is whose key the request carries.
import { GleitzeitError, type RunId } from "../../domain/index.ts";
import type { ExportedPart, LineFormat, RecordedCall, TrailAsked, TrailEntry } from "../../engine/index.ts";
import type { Client } from "./client.ts";
import { AS_STREAM, documentsIn, linesOf } from "./remote-lines.ts";
import { AS_TEXT, documentOf } from "./told.ts";

type Checkpoint = {
  readonly origin: string;
  readonly size: number;
  readonly root: string;
  readonly note: string;
  readonly witnesses?: readonly {
    readonly name: string;
    readonly cosignedAt?: string;
    readonly problem?: string;
  }[];
};
type Keys = { readonly origin: string; readonly vkey: string; readonly oldVkeys: readonly string[] };
type Proof = { readonly leafIndex: number; readonly size: number; readonly proof: string };

const JSON_PLEASE = { headers: { accept: "application/json" } } as const;

export function remoteAudit(client: Client) {
  return {
    vkeys: async () => {
      try {
        const { origin, vkey, oldVkeys } = await documentOf<Keys>(client.GET("/v1/audit/vkey", AS_TEXT));
        return { origin, current: vkey, old: oldVkeys };
      } catch (error) {
        if (error instanceof GleitzeitError && error.code === "RUN_NOT_FOUND") return undefined;
        throw error;
      }
    },
    latest: () => documentOf<Checkpoint>(client.GET("/v1/audit/checkpoint", { ...AS_TEXT, ...JSON_PLEASE })),
    checkpoint: () => documentOf<Checkpoint>(client.POST("/v1/audit/checkpoint", AS_TEXT)),
    prove: async (event: string) => {
      const params = { path: { event } };
      const asked = client.GET("/v1/audit/proof/{event}", { params, ...AS_TEXT, ...JSON_PLEASE });
      const { leafIndex, size, proof } = await documentOf<Proof>(asked);
      return { index: leafIndex, size, text: proof };
    },
    trail: async ({ types, everything: all, person, ...asked }: TrailAsked) => {
      const narrowed = { ...asked, ...(types.length > 0 && { type: types.join(",") }) };
      const query = { ...narrowed, all: all ? ("true" as const) : ("false" as const) };
      const lines =
        person === undefined
          ? client.GET("/v1/audit/trail", { params: { query }, ...AS_STREAM })
          : client.POST("/v1/audit/trail", { body: { ...narrowed, subject: person, all }, ...AS_STREAM });
      return documentsIn<TrailEntry>(await linesOf(lines));
    },
    bundle: (what: ExportedPart, since?: string) =>
      exported(client, what, { format: "bundle", ...(since !== undefined && { since }) }),
  };
}

export function remoteExports(client: Client) {
  return {
    lines: (format: LineFormat, what: ExportedPart, since?: string) =>
      exported(client, what, { format, ...(since !== undefined && { since }) }),
    heldOn: (subject: string) =>
      linesOf(client.POST("/v1/admin/exports", { body: { subject }, ...AS_STREAM })),
    calls: async (id: RunId, children: boolean) => {
      const body = { format: "cassette", children } as const;
      const asked = client.POST("/v1/runs/{id}/exports", { params: { path: { id } }, body, ...AS_STREAM });
      return documentsIn<RecordedCall>(await linesOf(asked));
    },
  };
}

type Form = { readonly format: "bundle" | LineFormat; readonly since?: string };

function exported(client: Client, what: ExportedPart, form: Form): Promise<AsyncIterable<string>> {
  if ("all" in what) return linesOf(client.POST("/v1/audit/exports", { body: form, ...AS_STREAM }));
  const { run: id, children } = what;
  const body = { ...form, children };
  return linesOf(client.POST("/v1/runs/{id}/exports", { params: { path: { id } }, body, ...AS_STREAM }));
}
