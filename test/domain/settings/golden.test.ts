// The bytes of what is set for a tenant, kept for ever: test/domain/run/golden.test.ts says what that means.
import { existsSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import {
  type Json,
  jcs,
  readSettingsEvent,
  SETTINGS_EVENT_VERSION,
  SettingsEvent,
  settingsStream,
} from "../../../src/domain/index.ts";

const folder = new URL("../../golden/", import.meta.url);

const SAMPLES: readonly (readonly [string, SettingsEvent])[] = [
  ["FlagSet", { type: "FlagSet", data: { flag: "submissions", on: false, values: { reason: "disk full" } } }],
  ["FlagSet-bare", { type: "FlagSet", data: { flag: "webhooks", on: true } }],
  ["FlagCleared", { type: "FlagCleared", data: { flag: "submissions", values: { reason: "room again" } } }],
  [
    "QuotaSet",
    { type: "QuotaSet", data: { quota: "open_runs", limit: 500, values: { reason: "as agreed" } } },
  ],
  ["QuotaSet-bare", { type: "QuotaSet", data: { quota: "runs_per_day", limit: 0 } }],
  ["QuotaCleared", { type: "QuotaCleared", data: { quota: "open_runs", values: { reason: "moved" } } }],
];

describe("golden bytes of what is set for a tenant", () => {
  test.each(SAMPLES)("%s", async (name, { type, data }) => {
    const file = new URL(`${name}.v${SETTINGS_EVENT_VERSION}.json`, folder);
    const bytes = `${jcs(data)}\n`;
    const mayWrite = process.env.GLEITZEIT_WRITE_GOLDEN === "new";
    if (mayWrite && !existsSync(file)) await writeFile(file, bytes, { flag: "wx" });
    expect(bytes).toBe(await readFile(file, "utf8"));
    const stored: Json = JSON.parse(bytes);
    expect(readSettingsEvent(type, SETTINGS_EVENT_VERSION, stored)).toEqual({ type, data });
  });

  test("there is a sample of every type", () => {
    const types = SettingsEvent.options.map((option) => option.shape.type.value);
    expect([...new Set(SAMPLES.map(([, { type }]) => type))].toSorted()).toEqual(types.toSorted());
  });

  test("what is of another version, type or shape is not read; unknown fields and names are kept", () => {
    expect(readSettingsEvent("FlagSet", 2, { flag: "webhooks", on: true })).toBeUndefined();
    expect(readSettingsEvent("FlagLowered", 1, { flag: "webhooks" })).toBeUndefined();
    expect(readSettingsEvent("QuotaSet", 1, { quota: "open_runs", limit: -1 })).toBeUndefined();
    const later = { flag: "of_a_newer_version", on: true, until: 1 };
    expect(readSettingsEvent("FlagSet", 1, later)?.data).toEqual(later);
    expect(settingsStream("main")).toBe("settings-main");
  });
});
