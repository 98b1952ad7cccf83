// Commands about what is set for the tenant while everything runs.
import type { Command as Commander } from "commander";
import type { Add } from "./add.ts";
import { describe } from "./help.ts";

const BECAUSE = ["--reason <text>", "recorded in clear, for whoever reads the log"] as const;
const ALONE = { isDefault: true };
const load = () => import("../commands/settings.ts");

export function settingsCommands(root: Commander, add: Add): void {
  const flags = describe(root.command("flags"), {
    summary: "What is turned off and on while everything runs: new runs, webhooks, retention.",
    examples: [
      ["gleitzeit flags", "how each stands, and who says so"],
      ["gleitzeit flags set submissions off --reason 'the disk is full'", ""],
    ],
  });
  describe(
    add(flags, "list", async () => (await load()).listFlags, ALONE),
    {
      summary: "Every flag: whether it is on, and who says so.",
      examples: [["gleitzeit flags list", ""]],
    },
  );
  describe(add(flags, "set <flag> <on|off>", async () => (await load()).setFlag).option(...BECAUSE), {
    summary: "Turn one on or off, at once and for every process on this store.",
    examples: [["gleitzeit flags set webhooks off --reason 'their data centre moves'", ""]],
    notes:
      "submissions: new runs are refused with AUTHORIZATION_FAILED, exit 6; webhooks: deliveries wait; retention: `serve` lets nothing leave. What a tenant has set goes before `flags:` in the configuration.",
  });
  describe(add(flags, "clear <flag>", async () => (await load()).clearFlag).option(...BECAUSE), {
    summary: "Leave it to the configuration again.",
    examples: [["gleitzeit flags clear webhooks", ""]],
  });
  const quotas = describe(root.command("quotas"), {
    summary: "How much there may be of what: runs that are open, runs in a day, requests in a minute.",
    examples: [
      ["gleitzeit quotas", "limits, and how much of each is used"],
      ["gleitzeit quotas set open_runs 500", ""],
    ],
  });
  describe(
    add(quotas, "list", async () => (await load()).listQuotas, ALONE),
    { summary: "Every quota: its limit, and how much is used.", examples: [["gleitzeit quotas list", ""]] },
  );
  describe(add(quotas, "set <quota> <limit>", async () => (await load()).setQuota).option(...BECAUSE), {
    summary: "Set a limit, at once and for every process on this store.",
    examples: [["gleitzeit quotas set runs_per_day 10000 --reason 'as agreed in March'", ""]],
    notes:
      "A run beyond it is refused with RATE_LIMIT_EXCEEDED, exit 5; what is there already stays. Runs that other runs call are not counted.",
  });
  describe(add(quotas, "clear <quota>", async () => (await load()).clearQuota).option(...BECAUSE), {
    summary: "No limit any more but the configuration's.",
    examples: [["gleitzeit quotas clear runs_per_day", ""]],
  });
}
