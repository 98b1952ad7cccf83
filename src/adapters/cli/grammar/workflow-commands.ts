// Commands about workflows that are registered under a name.
import type { Command as Commander } from "commander";
import type { Add } from "./add.ts";
import { describe } from "./help.ts";

export function workflowCommands(root: Commander, add: Add): void {
  const workflows = describe(root.command("workflows"), {
    summary: "Workflows kept in the store, to be run by name from anywhere.",
    examples: [["gleitzeit workflows list", ""]],
  });
  describe(
    add(
      workflows,
      "register <file>",
      async () => (await import("../commands/workflows-register.ts")).registerWorkflow,
    ).option("--reason <text>", "recorded with the version"),
    {
      summary:
        "Register a document with the scripts and documents that it names; from then on its name means this.",
      examples: [
        ["gleitzeit workflows register workflow.yaml", "then: gleitzeit run NAME"],
        [`gleitzeit workflows register workflow.yaml --reason "new tariff"`, ""],
      ],
      notes:
        "Versions before are kept, and runs that go on keep theirs. The same content again changes nothing. Registered\nworkflows that it calls by name must be there first; which version of them runs is decided when it runs.",
    },
  );
  describe(
    add(workflows, "list", async () => (await import("../commands/workflows.ts")).listWorkflows),
    {
      summary: "What is registered: the version that each name stands for.",
      examples: [["gleitzeit workflows list --json", ""]],
    },
  );
  describe(
    add(workflows, "show <name>", async () => (await import("../commands/workflows.ts")).showWorkflow).option(
      "--version <version>",
      "as its document says, or six digits or more of its hash",
    ),
    {
      summary: "A registered workflow: its inputs, its tasks, and all its versions.",
      examples: [
        ["gleitzeit workflows show nightly-report", ""],
        ["gleitzeit workflows show nightly-report --version 2 --json", "the definition as it is kept"],
      ],
    },
  );
}
