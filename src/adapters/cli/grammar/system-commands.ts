// Commands about the installation.
import type { Command as Commander } from "commander";
import type { Add } from "./add.ts";
import { describe } from "./help.ts";

export function systemCommands(root: Commander, add: Add): void {
  const providers = describe(root.command("providers"), {
    summary: "What there is to call.",
    examples: [["gleitzeit providers methods python", ""]],
  });
  describe(
    add(providers, "list", async () => (await import("../commands/providers.ts")).listProviders),
    {
      summary: "Providers and the protocols they speak.",
      examples: [["gleitzeit providers list", ""]],
    },
  );
  describe(
    add(providers, "methods [protocol]", async () => (await import("../commands/methods.ts")).listMethods),
    {
      summary: "Methods with their params, of one protocol or of all.",
      examples: [["gleitzeit providers methods mcp --json", "with the schemas of params and results"]],
    },
  );
  describe(
    add(providers, "health", async () => (await import("../commands/providers-health.ts")).health),
    {
      summary: "Whether each provider can work, and each of its instances.",
      examples: [["gleitzeit providers health", ""]],
    },
  );
  describe(
    add(providers, "test [name]", async () => (await import("../commands/providers-test.ts")).testProvider)
      .option(
        "--command <words...>",
        "a program that is no provider of the configuration yet, and its arguments",
      )
      .option("--url <url>", "an address that is none yet")
      .option("--plain", "it speaks JSON-RPC, and knows nothing of the provider protocol")
      .option("--timeout <seconds>", "for each answer (default: 10)"),
    {
      summary: "Check that a provider does what it must: every check with what to do where it fails.",
      examples: [
        ["gleitzeit providers test tools", "one of the configuration"],
        ["gleitzeit providers test --command python3 provider.py", "a program, before it is configured"],
        ["gleitzeit providers test --url http://127.0.0.1:8090/ --json", ""],
      ],
      notes:
        "Endpoints of `type: jsonrpc` are held to the protocol of docs/providers/external.md, and their examples are called; of other providers only what costs nothing is asked. Exit: 0 all is well, 1 a check failed, 5 nobody answers.",
    },
  );
  describe(
    add(
      providers,
      "drain <provider> <instance>",
      async () => (await import("../commands/providers-drain.ts")).drain,
    ).option("--reason <text>", "why, for whoever reads the log"),
    {
      summary: "Give an instance no more calls, from any process; those under way go on.",
      examples: [['gleitzeit providers drain local http://10.0.0.7:11434 --reason "new disks"', ""]],
    },
  );
  describe(
    add(
      providers,
      "undrain <provider> <instance>",
      async () => (await import("../commands/providers-drain.ts")).undrain,
    ).option("--reason <text>", "why, for whoever reads the log"),
    {
      summary: "Give an instance calls again.",
      examples: [["gleitzeit providers undrain local http://10.0.0.7:11434", ""]],
    },
  );
  describe(
    add(providers, "discover", async () => (await import("../commands/providers-discover.ts")).discover),
    {
      summary: "Look for servers of models on this machine, and say how to use them.",
      examples: [["gleitzeit providers discover", ""]],
      notes: "It asks ports 11434 to 11439 for an Ollama server. Nothing is added to the configuration.",
    },
  );
  const config = describe(root.command("config"), {
    summary: "The configuration: what is set, and where.",
    examples: [["gleitzeit config show", ""]],
  });
  describe(
    add(config, "show", async () => (await import("../commands/config.ts")).showConfig),
    {
      summary: "Every setting, its value and where that came from.",
      examples: [["gleitzeit config show --json", ""]],
    },
  );
  describe(
    add(config, "validate [file]", async () => (await import("../commands/config.ts")).validateConfig),
    {
      summary: "Check the configuration, or a file by itself.",
      examples: [["gleitzeit config validate gleitzeit.yaml", ""]],
    },
  );
  describe(
    add(config, "set <setting> <value>", async () => (await import("../commands/config-set.ts")).setConfig),
    {
      summary: "Change one setting in the configuration file; comments and everything else stay.",
      examples: [
        ["gleitzeit config set execution.max_parallel_tasks 8", ""],
        ["gleitzeit config set log_level info --json", ""],
      ],
      notes: "Nothing is written that would not be valid, and no secret in clear.",
    },
  );
  describe(
    add(config, "migrate [file]", async () => (await import("../commands/config-migrate.ts")).migrateConfig)
      .option("--dry-run", "only show what would change")
      .option("--no-backup", "keep no copy of the file as it was"),
    {
      summary: "Rewrite the keys of the Python original's configuration to those of today.",
      examples: [
        ["gleitzeit config migrate --dry-run", "what would change in the file in force"],
        ["gleitzeit config migrate old.yaml", ""],
      ],
      notes:
        "Comments, order and everything else stay. Nothing is written while there is a key that nobody knows: exit 3.",
    },
  );
  describe(
    add(config, "path", async () => (await import("../commands/config.ts")).configPath),
    {
      summary: "The configuration file in force.",
      examples: [["gleitzeit config path", ""]],
    },
  );
  describe(
    add(root, "doctor", async () => (await import("../commands/doctor.ts")).doctor),
    {
      summary: "Check that everything is here that is needed, and what protects this machine from scripts.",
      examples: [["gleitzeit doctor", ""]],
    },
  );
  describe(
    add(root, "completion <shell>", async () =>
      (await import("../commands/completion.ts")).completionOf(root),
    ),
    {
      summary: "A script that makes bash, zsh or fish complete commands, options, files and runs.",
      examples: [
        ["source <(gleitzeit completion bash)", "in ~/.bashrc; zsh: the same in ~/.zshrc"],
        ["gleitzeit completion fish | source", "in ~/.config/fish/config.fish"],
      ],
    },
  );
}
