// Who may come in: keys with a role each. A key's secret is in the answer that made it, and nowhere else.
import { z } from "zod";
import { type Instant, instantOf, KeyId, ROLES } from "../../../domain/index.ts";
import type { ShownKey } from "../../../engine/ports/index.ts";
import type { App, RouteKit } from "../app.ts";
import { Refused } from "../refusal.ts";
import { CONFLICT, NOT_FOUND, PROBLEMS } from "../schemas/problems.ts";
import { Because } from "../schemas/run-bodies.ts";
import { millisIn } from "../submission.ts";

const Creation = z
  .strictObject({
    role: z.enum(ROLES),
    name: z.string().min(1).max(200).exactOptional(),
    expires: z
      .union([z.iso.datetime({ offset: true }), z.string().min(1).max(100)])
      .exactOptional()
      .describe("An instant, or how long from now: `90d`."),
  })
  .meta({ id: "KeyCreation" });
const Rotation = z
  .strictObject({
    grace: z.string().min(1).max(100).exactOptional().describe("So long the secret before counts too: `1h`."),
  })
  .meta({ id: "KeyRotation" });
const Params = z.object({ id: z.string().min(1).max(100) });

export function keyRoutes(app: App, kit: RouteKit): void {
  const { shapes } = kit;
  const { keyring } = kit.door;
  const common = { tags: ["keys"] };

  app.post(
    "/v1/admin/keys",
    {
      preParsing: kit.may("keys.manage"),
      schema: {
        ...common,
        operationId: "createKey",
        summary: "Make a key.",
        body: Creation,
        response: { 201: shapes.newKey, ...PROBLEMS },
      },
    },
    async (request, reply) => {
      const { role, name, expires } = request.body;
      const expiresAt = expires === undefined ? undefined : instantIn(expires, kit.clock.now());
      const asked = {
        role,
        ...(name !== undefined && { name }),
        ...(expiresAt !== undefined && { expiresAt }),
      };
      const made = await keyring.create(asked, kit.callerOf(request).actor);
      return reply.code(201).header("cache-control", "no-store").send(documentOf(made));
    },
  );
  app.get(
    "/v1/admin/keys",
    {
      preParsing: kit.may("keys.read"),
      schema: {
        ...common,
        operationId: "listKeys",
        summary: "Keys, also those that are over.",
        response: { 200: shapes.keys, ...PROBLEMS },
      },
    },
    async (_, reply) => reply.send({ items: (await keyring.list()).map(documentOf), nextCursor: null }),
  );
  app.get(
    "/v1/admin/keys/:id",
    {
      preParsing: kit.may("keys.read"),
      schema: {
        ...common,
        operationId: "getKey",
        summary: "One key.",
        params: Params,
        response: { 200: shapes.key, ...PROBLEMS, ...NOT_FOUND },
      },
    },
    async (request, reply) => reply.send(documentOf(await keyring.show(idIn(request.params.id)))),
  );
  app.post(
    "/v1/admin/keys/:id/rotate",
    {
      preParsing: kit.may("keys.manage"),
      schema: {
        ...common,
        operationId: "rotateKey",
        summary: "A new secret under the same id.",
        params: Params,
        body: Rotation,
        response: { 200: shapes.newKey, ...PROBLEMS, ...NOT_FOUND, ...CONFLICT },
      },
    },
    async (request, reply) => {
      const { grace } = request.body;
      const how = grace === undefined ? {} : { graceMs: millisIn(grace) };
      const made = await keyring.rotate(idIn(request.params.id), how, kit.callerOf(request).actor);
      return reply.header("cache-control", "no-store").send(documentOf(made));
    },
  );
  app.post(
    "/v1/admin/keys/:id/revoke",
    {
      preParsing: kit.may("keys.manage"),
      schema: {
        ...common,
        operationId: "revokeKey",
        summary: "Let it in no more, from now on.",
        params: Params,
        body: Because,
        response: { 200: shapes.key, ...PROBLEMS, ...NOT_FOUND },
      },
    },
    async (request, reply) => {
      const { reason } = request.body;
      const how = reason === undefined ? {} : { reason };
      return reply.send(
        documentOf(await keyring.revoke(idIn(request.params.id), how, kit.callerOf(request).actor)),
      );
    },
  );
}

const documentOf = <K extends ShownKey>(key: K): K => key;

function idIn(text: string): KeyId {
  const id = KeyId.safeParse(text);
  if (id.success) return id.data;
  throw new Refused({ code: "KEY_NOT_FOUND", detail: `there is no key ${text.slice(0, 50)}` });
}

function instantIn(text: string, now: number): Instant {
  const at = Date.parse(text);
  const millis = /^\d{4}-/.test(text) && !Number.isNaN(at) ? at : now + millisIn(text);
  if (millis > now) return instantOf(millis);
  throw new Refused({ code: "INVALID_PARAMS", detail: "body.expires: lies in the past" });
}
