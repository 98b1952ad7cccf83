// What an operator decides at a server on persons and old runs, as on a store. Names stand in bodies alone.
import { type ErrorInfo, GleitzeitError } from "../../domain/index.ts";
import type {
  ErasedDocument,
  HeldDocument,
  HoldDocument,
  Persons,
  Retained,
  RetainedDocument,
  RetentionDocument,
  ShownRetention,
} from "../../engine/index.ts";
import type { Client } from "./client.ts";
import { AS_TEXT, documentOf } from "./told.ts";

export function remotePersons(client: Client): Persons {
  return {
    erase: (subject, reason) =>
      documentOf<ErasedDocument>(
        client.POST("/v1/admin/erasures", { body: { subject, reason }, ...AS_TEXT }),
      ),
    hold: (change, what, reason) => {
      const body = { ...what, ...(reason !== undefined && { reason }) };
      const asked =
        change === "place"
          ? client.POST("/v1/admin/holds", { body, ...AS_TEXT })
          : client.POST("/v1/admin/holds/release", { body, ...AS_TEXT });
      return documentOf<HeldDocument>(asked);
    },
  };
}

export const remoteHolds = async (client: Client): Promise<readonly HoldDocument[]> => {
  type Holds = { readonly items: readonly HoldDocument[] };
  return (await documentOf<Holds>(client.GET("/v1/admin/holds", { ...AS_TEXT }))).items;
};

export function remoteRetention(client: Client) {
  return {
    plan: async (): Promise<ShownRetention> => {
      const asked = client.GET("/v1/admin/retention", { ...AS_TEXT });
      const { archives, count, due, kept, deliveries, ...told } = await documentOf<RetentionDocument>(asked);
      const { default: usual, workflows, webhooks, archivesDue, archivesHeld, ...rest } = told;
      const { deleteArchivesAfterMs: after } = rest;
      const policies = {
        default: usual,
        workflows,
        webhooks,
        ...(after !== undefined && { deleteArchivesAfterMs: after }),
      };
      const old = { due: archivesDue, held: archivesHeld };
      return { due, kept, deliveries, count, old, archives: archives ?? undefined, policies };
    },
    run: async (): Promise<Retained> => {
      const asked = client.POST("/v1/admin/retention", { body: { dryRun: false }, ...AS_TEXT });
      const told = documentOf<RetainedDocument>(asked).catch((error: unknown) => {
        throw withPlaceToLook(error);
      });
      const { archived, kept, failed, removed, missing, deliveries, ...old } = await told;
      const problems: readonly { readonly run: (typeof failed)[number]["run"]; readonly error: ErrorInfo }[] =
        failed;
      const undeleted: Retained["discarded"]["failed"] = old.archivesFailed;
      const discarded = { deleted: old.archivesDeleted, held: old.archivesHeld, failed: undeleted };
      const swept = { ...removed, missing };
      return { archived, kept, failed: problems, swept, discarded, deliveries };
    },
  };
}

function withPlaceToLook(error: unknown): unknown {
  if (!(error instanceof GleitzeitError) || error.code !== "CONNECTION_LOST") return error;
  const where = "`gleitzeit retention show` tells what is left, and to run it again does that";
  return new GleitzeitError(error.code, `${error.message}; ${where}`, { cause: error });
}
