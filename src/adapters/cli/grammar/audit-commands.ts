// Commands about the audit log, and about what leaves it.
import type { Command as Commander } from "commander";
import { type Add, several } from "./add.ts";
import { describe } from "./help.ts";

export function auditCommands(root: Commander, add: Add): void {
  describe(
    add(root, "export [run]", async () => (await import("../commands/export.ts")).exportLog)
      .option("--all", "everything, instead of one run")
      .option("--subject <subject>", "all that is held on a person, in clear, a JSON document a line")
      .option(
        "--format <format>",
        "bundle: with proofs, which others can verify offline; jsonl, cloudevents, ocsf, openlineage, csv: for other programs; cassette: the calls of a run, for --play",
        "bundle",
      )
      .option(
        "--since <checkpoint>",
        "with a proof that the log grew out of the checkpoint in that file; in other forms only what came after it",
      )
      .option("--no-children", "the run's own events, without those of the runs it started")
      .option(
        "-o, --output <file>",
        "into a file, or the folder of a cassette; on standard output by default",
      ),
    {
      summary: "Take a run, or everything, out of the log, with all that is needed to verify it elsewhere.",
      examples: [
        ["gleitzeit export RUN -o run.bundle", ""],
        [
          "gleitzeit export --all --since last.checkpoint -o all.bundle",
          "and that nothing before was changed",
        ],
        [
          "gleitzeit export --subject customer-4711 -o customer.jsonl",
          "for whoever asks what is held on them",
        ],
        ["gleitzeit export --all --format ocsf -o gleitzeit.jsonl", "for a SIEM: who did what, no payloads"],
        [
          "gleitzeit export RUN --format cassette -o calls/report",
          "its calls and answers, for a test with --play",
        ],
      ],
      notes:
        "The export itself is an event. docs/bundle.md tells the format of bundles, docs/exports.md the others.",
    },
  );
  describe(
    add(root, "verify <bundle>", async () => (await import("../commands/verify.ts")).verify)
      .addOption(several("--vkey <key>", "a key that you trust, or a file of such; once for each"))
      .option("--checkpoint <file>", "the log has to have grown out of this one")
      .option("--require-complete", "a run that is not over is not enough"),
    {
      summary: "Verify a bundle offline: is every event as it was when the log's key signed it?",
      examples: [["gleitzeit verify run.bundle --vkey trusted.vkey", "`audit vkey` prints the key of a log"]],
      notes: "Exit: 0 verified, 3 something is wrong with it. `gleitzeit-verify` is the same, by itself.",
    },
  );
  const audit = describe(root.command("audit"), {
    summary: "The audit log: every event has a leaf in a signed tree.",
    examples: [
      ["gleitzeit audit verify", "is the log still what was signed?"],
      ["gleitzeit audit checkpoint > today.checkpoint", "keep it elsewhere"],
    ],
  });
  const command = async () => import("../commands/audit.ts");
  describe(
    add(audit, "vkey", async () => (await command()).vkey),
    {
      summary: "Print the key that verifies this log, then those that signed it before.",
      examples: [["gleitzeit audit vkey > trusted.vkey", ""]],
    },
  );
  describe(
    add(audit, "checkpoint", async () => (await command()).checkpoint),
    {
      summary: "Sign everything that is in the log now, and print the signed note.",
      examples: [["gleitzeit audit checkpoint > today.checkpoint", ""]],
    },
  );
  describe(
    add(audit, "verify", async () => (await command()).verifyLog).addOption(
      several(
        "--vkey <key>",
        "a key that you trust, or a file of such; by default the log's own word is taken",
      ),
    ),
    {
      summary: "Read the whole log: does every event stand where it stood, as it was signed?",
      examples: [["gleitzeit audit verify --vkey trusted.vkey", ""]],
      notes: "Exit: 0 as it was signed, 3 not. Nothing is ever repaired.",
    },
  );
  describe(
    add(audit, "prove <event>", async () => (await command()).prove),
    {
      summary: "Print the proof that one event is in the log (a tlog-proof).",
      examples: [["gleitzeit audit prove 01890a5d-ac96-774b-bcce-b302099a8057 > event.tlog-proof", ""]],
    },
  );
  describe(
    add(audit, "trail", async () => (await import("../commands/audit-trail.ts")).trail)
      .option("--actor <actor>", "by whom: an id, the beginning of one, or a name")
      .option("--on <id>", "to what: a run, subject, key, endpoint; the beginning of its id is enough")
      .option(
        "--subject <name>",
        "on that person: holds, erasures, who read or took out their data, and what was done to their runs",
      )
      .addOption(several("--type <type>", "of this type; `*` stands for anything"))
      .option("--outcome <outcome>", "success, failure or denied")
      .option("--since <time>", "an instant, a date, or how long ago")
      .option("--all", "also what the engine and providers did in consequence"),
    {
      summary: "Who did what to what, when and why, each with the place of its proof.",
      examples: [
        ["gleitzeit audit trail --since 24h", ""],
        ["gleitzeit audit trail --actor ada --type 'Approval*' --json", ""],
      ],
      notes: "That the trail was read is recorded, with what was asked for.",
    },
  );
  describe(
    add(audit, "accept-rollback", async () => (await command()).acceptRollback).requiredOption(
      "--reason <text>",
      "why the log is behind what was signed of it",
    ),
    {
      summary:
        "Go on with a log that is behind, or beside, a checkpoint that was kept: an old copy was put back.",
      examples: [['gleitzeit audit accept-rollback --reason "disk lost, backup of Tuesday"', ""]],
      notes:
        "An event with the reason; a new key signs from there on, so that nobody takes one history for the other.",
    },
  );
  describe(
    add(audit, "rotate", async () => (await command()).rotate)
      .option("--reason <text>", "why the old key ends")
      .option("--lost", "the key that signs is nowhere any more: another one signs alone at once"),
    {
      summary:
        "Replace the signing key: first a second one signs beside it, the next time the first one ends.",
      examples: [
        ["gleitzeit audit rotate", "both sign"],
        ["gleitzeit audit rotate --reason yearly", "only the new one does"],
        ['gleitzeit audit rotate --lost --reason "disk gone, no backup"', ""],
      ],
      notes:
        "What a key signed stays verifiable with it for ever. Keys that the configuration names (`audit.keys`) are taken from there: write the next one before the others first.",
    },
  );
}
