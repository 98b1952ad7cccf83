// Every command once with `--json`: what it prints is its own document, as published.
import { spawnSync } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import Ajv from "ajv/dist/2020.js";
import { filter, firstValueFrom } from "rxjs";
import { expect, test } from "vitest";
import { OUTPUTS } from "../../../src/adapters/cli/json/index.ts";
import { program } from "../../../src/adapters/cli/program.ts";
import type { JsonObject } from "../../../src/domain/index.ts";
import { BROKEN, ECHO, rig, text } from "./rig.ts";
import { commandIn } from "./shapes.ts";

const here = rig({ withImages: true });
const root = fileURLToPath(new URL("../../../", import.meta.url));

const WAITS = `name: Waits
tasks:
  - {id: paid, wait: {signal: paid}}
  - {id: ask, approval: {message: "Really?", min: 2}}
  - {id: again, approval: {message: "Not really?"}}
`;

/** Driven by another process for as long as this test lasts. */
async function waiting(): Promise<string> {
  const path = await here().file("waits.yaml", WAITS);
  const parts = here().parts();
  const driving = await parts.driving();
  const stands = firstValueFrom(
    driving.engine.live.pipe(filter(({ event }) => event.type === "WaitStarted")),
  );
  const request = await parts.request(await parts.workflow(path), { inputs: {} });
  const { run } = await driving.engine.run(request, driving.actor);
  await stands;
  return run;
}

type Asked = (exit: number, ...argv: readonly string[]) => Promise<JsonObject>;

/** Before another process signs. */
async function audited(asked: Asked, run: string): Promise<void> {
  const { lines } = await here().gleitzeit(["events", run, "--json"]);
  const bundle = join(here().folder, "run.bundle");
  const keys = await asked(0, "audit", "vkey");
  await asked(0, "audit", "checkpoint");
  await asked(0, "audit", "verify");
  await asked(0, "audit", "prove", text(lines[0] ?? {}, "id"));
  await asked(0, "export", run, "-o", bundle);
  await asked(0, "verify", bundle, "--vkey", text(keys, "vkey"));
  await asked(0, "audit", "trail", "--on", run);
  await asked(0, "audit", "rotate");
  const ahead = `${text(keys, "origin")}\n9999\n${"A".repeat(43)}=\n\n— x AAAAAAA=\n`;
  await writeFile(join(here().home, "checkpoints", text(keys, "origin")), ahead);
  await asked(0, "audit", "accept-rollback", "--reason", "as a test");
}

test("each prints its own document, and no command is without one", async () => {
  const printed = new Set<string>();
  const ajv = new Ajv.default({ strict: false, validateFormats: false });
  const published = JSON.parse(await readFile(join(root, "schemas/output.json"), "utf8"));
  ajv.addSchema(published, "output");
  const asked = async (exit: number, ...argv: readonly string[]) => {
    const answer = await here().gleitzeit([...argv, "--json"], { input: `kept by ${argv.join(" ")}` });
    expect(answer.exit, `${argv.join(" ")}: ${answer.out}`).toBe(exit);
    const command = commandIn(argv) ?? "";
    const output = OUTPUTS[command];
    const documents = output?.isLines ? answer.lines : [answer.json];
    expect(documents.length, command).toBeGreaterThan(0);
    for (const document of documents) {
      expect(output?.schema.safeParse(document).error?.message, command).toBeUndefined();
      const isPublished = ajv.validate(`output#/$defs/${command.replaceAll(" ", "-")}`, document);
      expect(ajv.errorsText(isPublished ? [] : ajv.errors), command).toBe("No errors");
    }
    printed.add(command);
    return answer.json;
  };
  await here().file("talk.yaml", ECHO);
  await here().file("broken.yaml", BROKEN);
  const talk = join(here().folder, "talk.yaml");
  await asked(0, "init", join(here().folder, "project"), "--type", "mcp");
  await asked(0, "validate", talk);
  await asked(0, "import", talk);
  await asked(0, "workflows", "register", talk);
  await asked(0, "workflows", "list");
  await asked(0, "workflows", "show", "small-talk");
  const run = text(await asked(0, "run", talk), "runId");
  const failed = text(await asked(1, "run", join(here().folder, "broken.yaml")), "runId");
  await asked(1, "retry", failed);
  await asked(0, "show", run);
  await asked(0, "show", failed, "--task", "lost");
  await asked(0, "timeline", run);
  await asked(0, "why", failed);
  await asked(0, "diff", run, failed);
  await asked(0, "fork", run, "--from", "hello");
  await asked(0, "replay", run);
  await asked(0, "replay", failed, "--mode", "stub");
  await asked(
    3,
    "replay",
    "--all",
    "--against",
    await here().file("talk.new.yaml", ECHO.replace("message: hello", "message: bye")),
  );
  await asked(0, "failures");
  await asked(0, "events", run);
  await asked(0, "logs", run);
  await asked(0, "batch", here().folder, "--pattern", "*.yaml", "--method", "echo/echo");
  await audited(asked, run);
  const waits = await waiting();
  await asked(0, "list");
  await asked(0, "status");
  await asked(0, "signal", waits, "paid");
  await asked(0, "approve", waits, "ask");
  await asked(0, "reject", waits, "ask");
  await asked(0, "pause", waits);
  await asked(0, "cancel", waits);
  await asked(0, "resume", run);
  for (const command of [
    ...["providers list", "providers methods", "projections list", "projections rebuild"],
    ...["store check", "store migrate", "config show", "config validate", "config path"],
  ]) {
    await asked(0, ...command.split(" "));
  }
  await asked(0, "providers", "test", "echo");
  await asked(0, "config", "set", "log_level", "warn");
  await asked(0, "config", "migrate", await here().file("old.yaml", "log_level: DEBUG\n"));
  await asked(0, "secrets", "set", "KEY");
  await asked(0, "secrets", "rotate", "KEY");
  await asked(0, "secrets", "rotate", "--key");
  await asked(0, "secrets", "list");
  await asked(0, "secrets", "delete", "KEY");
  await asked(0, "flags", "set", "retention", "off", "--reason", "a look at old runs");
  await asked(0, "flags", "list");
  await asked(0, "flags", "clear", "retention");
  await asked(0, "quotas", "set", "open_runs", "50");
  await asked(0, "quotas", "list");
  await asked(0, "quotas", "clear", "open_runs");
  const key = text(await asked(0, "keys", "create", "--role", "viewer", "--name", "somebody"), "id");
  await asked(0, "keys", "list");
  await asked(0, "keys", "rotate", key);
  await asked(0, "keys", "revoke", key);
  const webhook = text(await asked(0, "webhooks", "create", "http://127.0.0.1:9"), "id");
  await asked(0, "webhooks", "list");
  await asked(0, "webhooks", "show", webhook);
  await asked(0, "webhooks", "update", webhook, "--event", "run.*");
  await asked(1, "webhooks", "test", webhook);
  await asked(0, "webhooks", "deliveries", webhook);
  await asked(0, "webhooks", "rotate", webhook);
  await asked(0, "webhooks", "replay", webhook);
  await asked(0, "webhooks", "disable", webhook);
  await asked(0, "webhooks", "enable", webhook);
  await asked(0, "webhooks", "delete", webhook);
  await asked(0, "run", talk, "--subject", "anna");
  await asked(0, "hold", "add", "anna");
  await asked(0, "hold", "list");
  await asked(1, "erase", "anna", "--reason", "asked for");
  await asked(0, "hold", "release", "anna");
  await asked(0, "erase", "anna", "--reason", "asked for");
  await asked(0, "retention", "show");
  await asked(0, "retention", "run");
  await asked(0, "completion", "zsh");
  await asked(0, "store", "backup", join(here().folder, "copy.db"));
  const elsewhere = `sqlite:${join(here().folder, "other.db")}`;
  await asked(0, "store", "restore", join(here().folder, "copy.db"), "--store", elsewhere);
  // These start interpreters or stay: where they are tested, below and elsewhere, they are held to their schemas too.
  const elsewhereTested = [
    ...["exec", "doctor", "providers health", "worker", "serve"],
    ...["providers drain", "providers undrain", "providers discover"],
    ...["webhooks redeliver", "webhooks listen"],
  ];
  expect([...printed, ...elsewhereTested].toSorted()).toEqual(Object.keys(OUTPUTS).toSorted());
});

test("the health of providers is told as published", async () => {
  const { exit, json } = await here().gleitzeit(["providers", "health", "--json"]);
  expect(exit).toBe(0);
  expect(OUTPUTS["providers health"]?.schema.safeParse(json).error).toBeUndefined();
});

test("every command of the grammar says what it prints", () => {
  const printing = { out: () => undefined, err: () => undefined, columns: 80 };
  const root = program("1.0.0", printing, () => undefined);
  const commands = root.commands.flatMap((command) =>
    command.commands.length === 0
      ? [command.name()]
      : command.commands.map((inner) => `${command.name()} ${inner.name()}`),
  );
  expect(Object.keys(OUTPUTS).toSorted()).toEqual(commands.toSorted());
});

test("schemas and pages are current: npm run generate", () => {
  const { stdout, status } = spawnSync(process.execPath, [join(root, "scripts/generate.mjs"), "--check"], {
    encoding: "utf8",
  });
  expect({ status, stdout }).toEqual({ status: 0, stdout: "" });
});
