// keys create|list|rotate|revoke: who may come in over HTTP.
import { z } from "zod";
import {
  GleitzeitError,
  type Instant,
  instantOf,
  KeyId,
  parseDuration,
  ROLES,
  TENANT_MAIN,
} from "../../../domain/index.ts";
import type { NewKey, ShownKey } from "../../../engine/ports/index.ts";
import type { Command, Context } from "../context.ts";
import { EXIT } from "../exit-codes.ts";
import { DurationOption, optionsOf } from "../options.ts";
import { answer } from "../output.ts";
import { table } from "../view/table.ts";
import { line } from "../view/text.ts";

const Creation = z.object({
  role: z.enum(ROLES, { error: `must be one of ${ROLES.join(", ")}` }),
  name: z.string().min(1, "must not be empty").max(200).optional(),
  tenant: z.literal(TENANT_MAIN, { error: `must be ${TENANT_MAIN}: there is no other tenant` }).optional(),
  expires: z.string().optional(),
});

export const createKey: Command = async ({ options: typed }, context) => {
  const { role, name, expires } = optionsOf(Creation, typed);
  const expiresAt = expires === undefined ? undefined : instantIn(expires, context.parts.clock.now());
  const { actor } = await context.parts.driving();
  const keyring = await context.parts.keyring(true);
  const made = await keyring.create(
    { role, ...(name !== undefined && { name }), ...(expiresAt !== undefined && { expiresAt }) },
    actor,
  );
  return shownOnce(made, context);
};

export const listKeys: Command = async (_, context) => {
  const items = await (await context.parts.keyring(false)).list();
  answer(
    context,
    { items: items.map((one) => ({ ...one, createdBy: { ...one.createdBy } })), nextCursor: null },
    () =>
      items.length === 0
        ? "there are no keys; `gleitzeit keys create --role ROLE` makes one\n"
        : table(
            items,
            [
              { head: "ID", cell: ({ id }) => id },
              { head: "ROLE", cell: ({ role }) => role },
              { head: "STANDS", cell: standing },
              { head: "NAME", cell: ({ name }) => line(name ?? ""), gives: true },
              { head: "CREATED", cell: ({ createdAt }) => createdAt, leaves: 2 },
              { head: "USED", cell: ({ usedOn }) => usedOn ?? "never", leaves: 1 },
            ],
            context.terminal.out,
          ),
  );
  return EXIT.done;
};

const Rotation = z.object({ grace: DurationOption.optional() });

export const rotateKey: Command = async ({ args: [text = ""], options: typed }, context) => {
  const { grace } = optionsOf(Rotation, typed);
  const id = idIn(text);
  const { actor } = await context.parts.driving();
  const keyring = await context.parts.keyring(true);
  return shownOnce(await keyring.rotate(id, grace === undefined ? {} : { graceMs: grace }, actor), context);
};

const Revocation = z.object({ reason: z.string().optional() });

export const revokeKey: Command = async ({ args: [text = ""], options: typed }, context) => {
  const { reason } = optionsOf(Revocation, typed);
  const id = idIn(text);
  const { actor } = await context.parts.driving();
  const keyring = await context.parts.keyring(true);
  const key = await keyring.revoke(id, reason === undefined ? {} : { reason }, actor);
  answer(
    context,
    { ...key, createdBy: { ...key.createdBy } },
    () => `key ${key.id} lets nobody in any more\n`,
  );
  return EXIT.done;
};

function shownOnce(made: NewKey, context: Context): number {
  answer(context, { ...made, createdBy: { ...made.createdBy } }, () => `${made.key}\n`);
  if (!context.globals.json && !context.globals.quiet) {
    context.terminal.err.write(`key ${made.id} for ${made.role}: it is shown this once; keep it\n`);
  }
  return EXIT.done;
}

function standing({ active, revokedAt }: ShownKey): string {
  if (active) return "active";
  return revokedAt === null ? "expired" : "revoked";
}

function idIn(text: string): KeyId {
  const id = KeyId.safeParse(text);
  if (id.success) return id.data;
  throw new GleitzeitError(
    "USAGE_ERROR",
    `${JSON.stringify(text)} is no key's id; \`gleitzeit keys list\` shows them`,
  );
}

function instantIn(text: string, now: number): Instant {
  const duration = parseDuration(text);
  const at = duration.ok ? now + duration.ms : /^\d{4}-\d\d-\d\d/.test(text) ? Date.parse(text) : Number.NaN;
  if (at > now) return instantOf(at);
  const message = "--expires: must be an instant that is to come, or how long from now, such as 90d";
  throw new GleitzeitError("USAGE_ERROR", `${message}, not ${JSON.stringify(text)}`);
}
