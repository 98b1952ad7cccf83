// Keys: who they let in, for how long, and as whom. Which role may ask which route stands in routes.
import { expect, test } from "vitest";
import { text } from "../cli/rig.ts";
import { HELLO, server } from "./rig.ts";

const here = server();

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
