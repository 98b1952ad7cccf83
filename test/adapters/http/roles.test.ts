// Every route × every role, from one table; and what becomes of those who are turned away.
import { expect, test } from "vitest";
import { isObject, type Json, ROLES, type Role } from "../../../src/domain/index.ts";
import { text } from "../cli/rig.ts";
import { HELLO, server } from "./rig.ts";

const here = server();

const everybody: readonly Role[] = ROLES;
const operating: readonly Role[] = ["operator", "admin"];
const watching: readonly Role[] = ["operator", "admin", "auditor"];
const nobody = "00000000-0000-7000-8000-000000000000";

type Row = readonly [method: string, path: string, roles: readonly Role[], body?: Json];

const TABLE: readonly Row[] = [
  ["POST", "/v1/runs", operating, { workflow: HELLO }],
  ["GET", "/v1/runs", everybody],
  ["GET", `/v1/runs/${nobody}`, everybody],
  ["GET", `/v1/runs/${nobody}/events`, everybody],
  ["GET", `/v1/runs/${nobody}/stream`, everybody],
  ["GET", `/v1/runs/${nobody}/timeline`, everybody],
  ["POST", `/v1/runs/${nobody}/pause`, operating, {}],
  ["POST", `/v1/runs/${nobody}/resume`, operating, {}],
  ["POST", `/v1/runs/${nobody}/cancel`, operating, {}],
  ["POST", `/v1/runs/${nobody}/retry`, operating, {}],
  ["POST", `/v1/runs/${nobody}/signals/x`, operating, {}],
  ["POST", `/v1/runs/${nobody}/tasks/x/decision`, ["approver", "admin"], { decision: "approved" }],
  ["GET", "/v1/events", everybody],
  ["GET", "/v1/events/stream?after=nonsense", everybody],
  ["POST", "/v1/workflows", operating, { workflow: HELLO }],
  ["GET", "/v1/workflows", everybody],
  ["GET", "/v1/workflows/none", everybody],
  ["GET", "/v1/workflows/none/versions/1", everybody],
  ["POST", "/v1/validate", everybody, { workflow: HELLO }],
  ["GET", "/v1/providers", everybody],
  ["GET", "/v1/usage", everybody],
  ["POST", "/v1/admin/keys", ["admin"], { role: "viewer" }],
  ["GET", "/v1/admin/keys", ["admin", "auditor"]],
  ["GET", "/v1/admin/keys/0123456789abcdef", ["admin", "auditor"]],
  ["POST", "/v1/admin/keys/0123456789abcdef/rotate", ["admin"], {}],
  ["POST", "/v1/admin/keys/0123456789abcdef/revoke", ["admin"], {}],
  ["POST", "/v1/webhooks", operating, { url: "https://example.com/hook" }],
  ["GET", "/v1/webhooks", watching],
  ["GET", "/v1/webhooks/event-types", watching],
  ["GET", "/v1/webhooks/nothing", watching],
  ["PATCH", "/v1/webhooks/nothing", operating, { ordered: false }],
  ["DELETE", "/v1/webhooks/nothing", operating],
  ["POST", "/v1/webhooks/nothing/rotate-secret", operating, {}],
  ["POST", "/v1/webhooks/nothing/enable", operating, {}],
  ["POST", "/v1/webhooks/nothing/disable", operating, {}],
  ["POST", "/v1/webhooks/nothing/test", operating, {}],
  ["GET", "/v1/webhooks/nothing/deliveries", watching],
  ["POST", "/v1/webhooks/nothing/deliveries/none/redeliver", operating, {}],
  ["POST", "/v1/webhooks/nothing/replay", operating, { from: "start" }],
  ["GET", "/metrics", everybody],
];

test("each route lets in whom it should, and nobody else", async () => {
  const keys = new Map<Role, string>();
  for (const role of ROLES) keys.set(role, await here().key(role));
  for (const [method, path, roles, body] of TABLE) {
    for (const role of ROLES) {
      const key = keys.get(role) ?? "";
      const { status } = await here().ask(method, path, { key, ...(body !== undefined && { body }) });
      expect(status === 403, `${role} ${method} ${path}: ${status}`).toBe(!roles.includes(role));
      expect(status, `${role} ${method} ${path}`).not.toBe(401);
      expect(status).toBeLessThan(500);
    }
    const { status, headers } = await here().ask(method, path, body === undefined ? {} : { body });
    expect(status, `nobody ${method} ${path}`).toBe(401);
    expect(headers.get("www-authenticate")).toContain("Bearer");
  }
});

test("the table has every route that the document tells of, but for health", async () => {
  const { json } = await here().ask("GET", "/openapi.json");
  const paths = isObject(json.paths) ? json.paths : {};
  const told = Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(isObject(methods) ? methods : {}).map((method) => `${method.toUpperCase()} ${path}`),
  );
  const shape = (path: string): string =>
    path
      .replace(/\?.*/, "")
      .replace(nobody, "{id}")
      .replace("0123456789abcdef", "{id}")
      .replace("/webhooks/nothing", "/webhooks/{id}")
      .replace("/deliveries/none", "/deliveries/{delivery}")
      .replace("/tasks/x", "/tasks/{task}")
      .replace("signals/x", "signals/{name}")
      .replace("workflows/none", "workflows/{name}")
      .replace("versions/1", "versions/{version}");
  const here_ = TABLE.filter(([, path]) => path !== "/metrics").map(
    ([method, path]) => `${method} ${shape(path)}`,
  );
  expect(told.filter((one) => !/ \/(?:livez|readyz)$/.test(one)).toSorted()).toEqual(here_.toSorted());
});

test.each([
  ["no key at all", undefined],
  ["a key by its looks", `gz_0123456789abcdef_${"A".repeat(43)}`],
  ["no key by its looks", "hunter2"],
])("%s lets nobody in", async (_, key) => {
  await here().key("viewer");
  const { json } = await here().ask("GET", "/v1/runs", key === undefined ? {} : { key });
  expect(json).toMatchObject({ status: 401, code: "AUTHENTICATION_FAILED" });
});

test("a key that is rotated or revoked lets in no more, at once; its secret is shown once", async () => {
  const admin = await here().key("admin");
  const made = await here().ask("POST", "/v1/admin/keys", {
    key: admin,
    body: { role: "viewer", name: "ci", expires: "90d" },
  });
  expect(made.status).toBe(201);
  const [id, key] = [text(made.json, "id"), text(made.json, "key")];
  const lets = async (one: string): Promise<boolean> =>
    (await here().ask("GET", "/v1/runs", { key: one })).status === 200;
  expect(await lets(key)).toBe(true);
  const rotated = await here().ask("POST", `/v1/admin/keys/${id}/rotate`, {
    key: admin,
    body: { grace: "1h" },
  });
  const second = text(rotated.json, "key");
  expect([await lets(key), await lets(second)]).toEqual([true, true]);
  const third = text(
    (await here().ask("POST", `/v1/admin/keys/${id}/rotate`, { key: admin, body: {} })).json,
    "key",
  );
  expect([await lets(key), await lets(second), await lets(third)]).toEqual([false, false, true]);
  const revoked = await here().ask("POST", `/v1/admin/keys/${id}/revoke`, {
    key: admin,
    body: { reason: "left" },
  });
  expect(revoked.json).toMatchObject({ active: false, role: "viewer" });
  expect(await lets(third)).toBe(false);
  const shown = await here().ask("GET", "/v1/admin/keys", { key: admin });
  for (const secret of [key, second, third]) expect(shown.text).not.toContain(secret.slice(-43));
  expect((await here().ask("POST", `/v1/admin/keys/${id}/rotate`, { key: admin, body: {} })).status).toBe(
    409,
  );
  expect(here().logged.join("\n")).not.toContain(key.slice(-43));
});

test("the actor of what was asked is the key, whatever the body says", async () => {
  const key = await here().key("operator");
  const { json } = await here().ask("POST", "/v1/runs?wait=20", { key, body: { workflow: HELLO } });
  const events = await here().ask("GET", `/v1/runs/${text(json, "runId")}/events?limit=1`, { key });
  expect(events.json).toMatchObject({
    items: [{ metadata: { tenant: "main", actor: { type: "service", id: key.split("_")[1] } } }],
  });
});
