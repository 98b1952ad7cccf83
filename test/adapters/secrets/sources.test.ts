// Secrets from the environment and from files, as container platforms hand them over.
import { mkdir, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { secretsInEnvironment, secretsInFiles, secretsInVault } from "../../../src/adapters/secrets/index.ts";
import { safe } from "./safe.ts";

const here = safe();

test("a variable is a secret, an empty one is none", async () => {
  const env: { [name: string]: string } = { KEY: "from the environment", NONE: "" };
  const secrets = secretsInEnvironment(env);
  expect(await secrets.value("KEY")).toBe("from the environment");
  expect(await secrets.value("NONE")).toBeUndefined();
  expect(await secrets.value("OTHER")).toBeUndefined();
  env.KEY = "another";
  expect(await secrets.value("KEY")).toBe("another");
  expect(secrets.remedy("KEY")).toBe("set the environment variable KEY");
});

test("a file is a secret, without the line break at its end; links are followed as platforms set them", async () => {
  const folder = here().folder;
  const secrets = secretsInFiles(folder);
  await writeFile(join(folder, "db-password"), "first line\nsecond line\r\n");
  await mkdir(join(folder, "..data"));
  await writeFile(join(folder, "..data", "TOKEN"), "mounted token");
  await symlink("..data/TOKEN", join(folder, "TOKEN"));
  expect(await secrets.value("db-password")).toBe("first line\nsecond line");
  expect(await secrets.value("TOKEN")).toBe("mounted token");
  expect(await secrets.value("OTHER")).toBeUndefined();
  expect(secrets.remedy("OTHER")).toBe(`put it into the file ${join(folder, "OTHER")}`);
});

test("no name leads out of the folder", async () => {
  await writeFile(join(here().folder, "outside"), "not for you");
  await mkdir(join(here().folder, "inside"));
  const secrets = secretsInFiles(join(here().folder, "inside"));
  for (const name of ["../outside", "..", ".", "", "a/b", "/etc/hostname"])
    expect(await secrets.value(name)).toBeUndefined();
});

test("what cannot be read is no missing secret", async () => {
  const secrets = secretsInFiles(here().folder);
  await mkdir(join(here().folder, "FOLDER"));
  await writeFile(join(here().folder, "BYTES"), Buffer.from([0xff, 0xfe, 0xfd, 0, 1, 2, 3]));
  await writeFile(join(here().folder, "HUGE"), "x".repeat(65_537));
  await expect(secrets.value("FOLDER")).rejects.toMatchObject({ code: "PERSISTENCE_READ_FAILED" });
  await expect(secrets.value("BYTES")).rejects.toMatchObject({ code: "CONFIGURATION_ERROR" });
  await expect(secrets.value("HUGE")).rejects.toMatchObject({ code: "CONFIGURATION_ERROR" });
});

test("the vault's remedy is a command", () => {
  expect(secretsInVault(here().open()).remedy("KEY")).toBe("set it with `gleitzeit secrets set KEY`");
});
