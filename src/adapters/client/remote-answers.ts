// What a server says of all its runs and workflows together, as the documents that the command line prints.
import { GleitzeitError } from "../../domain/index.ts";
import type {
  CausesAsked,
  CausesFound,
  Clock,
  ListedWorkflow,
  RunList,
  RunQuery,
  RunRowDocument,
  ShownWorkflow,
  StatusDocument,
} from "../../engine/index.ts";
import type { Client } from "./client.ts";
import type { paths } from "./openapi.gen.ts";
import { AS_TEXT, documentOf } from "./told.ts";

type ListQuery = NonNullable<paths["/v1/runs"]["get"]["parameters"]["query"]>;
type Page = { readonly items: readonly RunRowDocument[]; readonly nextCursor: string | null };

export function remoteAnswers(client: Client, url: string, clock: Clock) {
  return {
    runs: async (query: RunQuery): Promise<RunList> => {
      const params = { query: queryOf(query, clock.now()) };
      const asked = client.GET("/v1/runs", { params, ...AS_TEXT });
      const { items, nextCursor } = await documentOf<Page>(asked);
      return { items, next: nextCursor === null ? undefined : placeIn(nextCursor) };
    },
    status: async (): Promise<StatusDocument> => {
      const asked = client.GET("/v1/status", { ...AS_TEXT });
      return { ...(await documentOf<StatusDocument>(asked)), store: url };
    },
    failures: async ({ by, since, limit }: CausesAsked): Promise<CausesFound> => {
      const query = { by, limit, ...(since !== undefined && { since }) };
      return documentOf(client.GET("/v1/failures", { params: { query }, ...AS_TEXT }));
    },
    workflows: async (): Promise<readonly ListedWorkflow[]> => {
      const asked = client.GET("/v1/workflows", { ...AS_TEXT });
      return (await documentOf<{ readonly items: readonly ListedWorkflow[] }>(asked)).items;
    },
    workflow: async (name: string, version?: string): Promise<ShownWorkflow> => {
      if (version === undefined) {
        const params = { path: { name } };
        return documentOf(client.GET("/v1/workflows/{name}", { params, ...AS_TEXT }));
      }
      const params = { path: { name, version } };
      return documentOf(client.GET("/v1/workflows/{name}/versions/{version}", { params, ...AS_TEXT }));
    },
  };
}

function queryOf(
  { statuses, workflow, error, task, tag, retrying, unrepeated, stuckSince, since, limit, before }: RunQuery,
  now: number,
): ListQuery {
  const stuck = stuckSince === undefined ? undefined : Math.ceil((now - stuckSince) / 1000);
  return {
    limit,
    ...(statuses && { status: statuses.filter((one) => one !== "absent") }),
    ...(workflow !== undefined && { workflow }),
    ...(error !== undefined && { error }),
    ...(task !== undefined && { task }),
    ...(tag !== undefined && { tag }),
    ...(retrying && { retrying: "true" }),
    ...(unrepeated && { unrepeated: "true" }),
    ...(stuck !== undefined && { stuck: `${stuck}s` }),
    ...(since !== undefined && { since }),
    ...(before !== undefined && { cursor: String(before) }),
  };
}

function placeIn(cursor: string): bigint {
  const digits = /\.(\d+)$/.exec(cursor)?.[1];
  if (digits !== undefined) return BigInt(digits);
  throw new GleitzeitError(
    "CONNECTION_LOST",
    `the server gave ${JSON.stringify(cursor)}, which is no cursor`,
  );
}
