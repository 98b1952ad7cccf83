// What the audit log's commands print with `--json`. Other programs read this: add, never rename.
import { z } from "zod";
import * as v from "./values.ts";

const { maybe } = v;
const base64 = z.base64();
const head = { size: v.count.describe("Leaves."), root: base64 };

export const vkeys = z
  .strictObject({
    origin: z.string(),
    vkey: z.string().describe("The newest that signs."),
    oldVkeys: z.array(z.string()).describe("Others that sign or signed."),
  })
  .meta({ id: "LogKeys" });

export const checkpoint = z
  .strictObject({
    origin: z.string(),
    ...head,
    note: z
      .string()
      .describe("A signed note, as C2SP describes it, with the lines of those who cosigned it."),
    witnesses: maybe(
      z.array(
        z.strictObject({
          name: z.string(),
          cosignedAt: maybe(v.instant),
          problem: maybe(z.string()).describe("Why it has not cosigned."),
        }),
      ),
    ).describe("Of those in the configuration, what each did."),
  })
  .meta({ id: "Checkpoint" });

export const logVerified = z.strictObject({
  store: z.string(),
  ok: z.boolean(),
  leaves: v.count,
  checkpoints: v.count,
  problems: z.array(
    z.strictObject({
      kind: z.string(),
      message: z.string(),
      position: maybe(v.position),
      stream: maybe(z.string()),
      revision: maybe(v.count),
      leafIndex: maybe(v.count),
    }),
  ),
  found: v.count.describe("All of them; the first hundred are in `problems`."),
  witnessed: z
    .array(z.strictObject({ name: z.string(), size: v.count, cosignedAt: v.instant }))
    .describe("Of each witness in the configuration the newest checkpoint that it cosigned."),
  archivesGone: maybe(z.array(z.string())).describe(
    "Archives of runs that have left the store, which are not in the folder of archives.",
  ),
  unsigned: maybe(z.strictObject({ count: v.count, first: v.position })).describe(
    "Events after the last checkpoint, from that position on: what nobody can say anything of yet.",
  ),
  timesBack: maybe(
    z.strictObject({
      count: v.count,
      farthest: z.strictObject({ position: v.position, recordedAt: z.string(), after: z.string() }),
    }),
  ).describe(
    "Where times go back by a second or more from one event to the next: nothing altered, but clocks that were set back or differ.",
  ),
});

export const proof = z
  .strictObject({
    eventId: z.uuid(),
    leafIndex: v.count,
    size: v.count,
    proof: z.string().describe("A tlog-proof, as C2SP describes it; `extra` is the leaf."),
  })
  .meta({ id: "Proof" });

export const trailEntry = z
  .strictObject({
    position: v.position,
    at: v.instant,
    actor: z
      .strictObject({
        type: z.string(),
        id: z.string(),
        onBehalfOf: maybe(z.string()),
        name: maybe(z.string()).describe("As long as the directory has it."),
      })
      .describe("Who."),
    what: z.string().describe("The type of the event."),
    on: z.strictObject({ kind: z.string(), id: z.string(), tenant: z.string() }).describe("To what."),
    task: maybe(z.string()),
    run: maybe(z.string()).describe("Which run was taken out, held or otherwise dealt with there."),
    subject: maybe(z.string()).describe("Whose data it was, or who was held: the pseudonym."),
    format: maybe(z.string()).describe(
      "With `LogExported`, in which form; of everything, where no run and no subject is told.",
    ),
    count: maybe(v.count).describe("With `PayloadRead`, in how many answers of that minute."),
    setting: maybe(z.string()).describe(
      "Which flag or quota, and how it stands from there on: `submissions off`; its name alone where it was cleared.",
    ),
    outcome: z.enum(["success", "failure", "denied"]),
    why: maybe(z.string()).describe("As it was given; absent where it is sealed or erased."),
    eventId: z.uuid(),
    correlationId: maybe(z.string()).describe("The root of the run tree."),
    causationId: maybe(z.string()).describe("The event or command that led here."),
    worker: maybe(z.string()),
    leafIndex: maybe(v.count).describe(
      "Of its leaf in the signed tree; absent until a checkpoint covers it.",
    ),
  })
  .meta({ id: "TrailEntry" });

export const accepted = z.strictObject({
  origin: z.string(),
  size: v.count.describe("Where the log goes on."),
  kept: z.strictObject(head).describe("The checkpoint that is given up."),
  vkey: z.string(),
});

export const rotated = z.strictObject({ added: z.array(z.string()), retired: z.array(z.string()) });

export const exported = z.union([
  z.strictObject({
    file: z.string(),
    format: z.string(),
    lines: v.count,
    bytes: v.count,
  }),
  z.strictObject({ folder: z.string(), format: z.literal("cassette"), calls: v.count }),
]);

export const bundleVerified = z.union([
  z.strictObject({
    ok: z.literal(true),
    origin: z.string(),
    scope: z.union([
      z.strictObject({ run: z.string(), children: z.boolean() }),
      z.strictObject({ all: z.literal(true) }),
    ]),
    checkpoint: z.strictObject(head),
    signers: z.array(z.string()).describe("Of the keys that were given."),
    events: v.count,
    complete: z.boolean().describe("Whether the run, and each it started, has come to its end."),
  }),
  z.strictObject({
    ok: z.literal(false),
    problem: z.strictObject({
      kind: z.string(),
      message: z.string(),
      line: maybe(v.count),
      event: maybe(z.string()),
    }),
  }),
]);
