// Flags and quotas of a server, as on a store. Who sets them is whose key it is.
import type { FlagDocument, HowSet, QuotaDocument, SettingsDesk } from "../../engine/index.ts";
import type { Client } from "./client.ts";
import { AS_TEXT, documentOf } from "./told.ts";

type Items<T> = { readonly items: readonly T[] };

const because = ({ reason }: HowSet) => (reason === undefined ? {} : { reason });

export const remoteSettings = (client: Client): SettingsDesk => ({
  flags: async () =>
    (await documentOf<Items<FlagDocument>>(client.GET("/v1/admin/flags", { ...AS_TEXT }))).items,
  setFlag: (flag, on, how) => {
    const path = { flag };
    const asked =
      on === undefined
        ? client.DELETE("/v1/admin/flags/{flag}", { params: { path, query: because(how) }, ...AS_TEXT })
        : client.PUT("/v1/admin/flags/{flag}", {
            params: { path },
            body: { on, ...because(how) },
            ...AS_TEXT,
          });
    return documentOf<FlagDocument>(asked);
  },
  quotas: async () =>
    (await documentOf<Items<QuotaDocument>>(client.GET("/v1/admin/quotas", { ...AS_TEXT }))).items,
  setQuota: (quota, limit, how) => {
    const path = { quota };
    const asked =
      limit === undefined
        ? client.DELETE("/v1/admin/quotas/{quota}", { params: { path, query: because(how) }, ...AS_TEXT })
        : client.PUT("/v1/admin/quotas/{quota}", {
            params: { path },
            body: { limit, ...because(how) },
            ...AS_TEXT,
          });
    return documentOf<QuotaDocument>(asked);
  },
});
