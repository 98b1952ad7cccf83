// The systemd unit of deploy/, judged by systemd itself, where there is one.
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const UNIT = fileURLToPath(new URL("../../deploy/gleitzeit.service", import.meta.url));

test("the unit is one that systemd takes, and leaves its service little", (context) => {
  const verified = spawnSync("systemd-analyze", ["verify", UNIT], { encoding: "utf8" });
  if (verified.error) context.skip("not run: systemd-analyze cannot be found here");
  expect({ status: verified.status, said: verified.stderr }).toEqual({ status: 0, said: "" });
  const args = ["security", "--offline=true", "--threshold=35", UNIT];
  const { status, stdout } = spawnSync("systemd-analyze", args, { encoding: "utf8" });
  expect(stdout).toMatch(/Overall exposure level for gleitzeit\.service: [0-3]\.\d/);
  expect(status).toBe(0);
});
