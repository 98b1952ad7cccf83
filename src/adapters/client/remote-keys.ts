// Keys of a server, as an operator has to do with them on a store. Who asks is whose key the request carries.
import type { Keyring, NewKey, ShownKey } from "../../engine/ports/index.ts";
import type { Client } from "./client.ts";
import { AS_TEXT, documentOf } from "./told.ts";

export function remoteKeyring(client: Client): Keyring {
  return {
    create: async ({ role, name, expiresAt }) => {
      const body = {
        role,
        ...(name !== undefined && { name }),
        ...(expiresAt !== undefined && { expires: expiresAt }),
      };
      return documentOf<NewKey>(client.POST("/v1/admin/keys", { body, ...AS_TEXT }));
    },
    list: async () => {
      const asked = client.GET("/v1/admin/keys", { ...AS_TEXT });
      return (await documentOf<{ readonly items: readonly ShownKey[] }>(asked)).items;
    },
    show: async (id) =>
      documentOf<ShownKey>(client.GET("/v1/admin/keys/{id}", { params: { path: { id } }, ...AS_TEXT })),
    rotate: async (id, { graceMs }) => {
      const body = graceMs === undefined ? {} : { grace: `${graceMs}ms` };
      const params = { path: { id } };
      return documentOf<NewKey>(client.POST("/v1/admin/keys/{id}/rotate", { params, body, ...AS_TEXT }));
    },
    revoke: async (id, { reason }) => {
      const body = reason === undefined ? {} : { reason };
      const params = { path: { id } };
      return documentOf<ShownKey>(client.POST("/v1/admin/keys/{id}/revoke", { params, body, ...AS_TEXT }));
    },
  };
}
