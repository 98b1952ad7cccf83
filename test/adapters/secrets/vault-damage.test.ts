// A vault that somebody has meddled with: nothing in it is used, and it is said why.
import { chmod, mkdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import { isObject, type JsonObject } from "../../../src/domain/index.ts";
import { safe } from "./safe.ts";

const here = safe();
const VALUE = "tide-and-harbour-9";

const text = (object: JsonObject, key: string): string =>
  typeof object[key] === "string" ? object[key] : "";

const refused = (code: string, message: RegExp) => ({ code, message: expect.stringMatching(message) });

describe("what was meddled with", () => {
  test("any single byte of what is sealed: nothing in it is used", async () => {
    await here().open().set("KEY", VALUE);
    const file: unknown = JSON.parse(await readFile(here().file, "utf8"));
    if (!isObject(file) || !isObject(file.sealed)) throw new Error("no vault");
    const { sealed } = file;
    for (const part of ["nonce", "ciphertext"]) {
      const bytes = Buffer.from(text(sealed, part), "base64");
      for (let at = 0; at < bytes.length; at += 5) {
        const changed = Buffer.from(bytes);
        changed[at] = (changed[at] ?? 0) ^ 1;
        await writeFile(
          here().file,
          JSON.stringify({ ...file, sealed: { ...sealed, [part]: changed.toString("base64") } }),
        );
        await expect(here().open().value("KEY")).rejects.toMatchObject(
          refused("PERSISTENCE_INTEGRITY_ERROR", /changed or damaged/),
        );
      }
    }
  });

  test.each([
    ["cut off", (text: string) => text.slice(0, 40)],
    ["empty", () => ""],
    ["something else", () => "{}"],
    ["of another format", (text: string) => text.replace("vault/v1", "vault/v2")],
    ["no text", () => "\u0000\u00ff"],
  ])("a vault that is %s is refused, and not written over", async (_, change) => {
    await here().open().set("KEY", VALUE);
    const text = change(await readFile(here().file, "utf8"));
    await writeFile(here().file, text, "latin1");
    for (const asked of ["list", "set", "changeKey"] as const)
      await expect(here().open()[asked]("KEY", VALUE)).rejects.toMatchObject(
        refused("PERSISTENCE_INTEGRITY_ERROR", /changed or damaged/),
      );
    expect(await readFile(here().file, "latin1")).toBe(text);
  });

  test("a key of another length is no key", async () => {
    await here().open().set("KEY", VALUE);
    await writeFile(here().keyFile, "short");
    await expect(here().open().value("KEY")).rejects.toMatchObject(
      refused("PERSISTENCE_INTEGRITY_ERROR", /has 5 bytes and a key has 32/),
    );
  });

  test.each([
    ["keyFile", 0o640, "read"],
    ["keyFile", 0o604, "read"],
    ["keyFile", 0o620, "read"],
    ["file", 0o660, "write"],
    ["file", 0o602, "write"],
  ] as const)("others may reach its %s (%s): refused, with the remedy", async (which, others, what) => {
    await here().open().set("KEY", VALUE);
    await chmod(here()[which], others);
    await expect(here().open().value("KEY")).rejects.toMatchObject(
      refused("AUTHORIZATION_FAILED", new RegExp(`others may ${what} .*chmod 600`)),
    );
    await chmod(here()[which], 0o600);
    expect(await here().open().value("KEY")).toBe(VALUE);
  });

  test("a folder in its place, and a link into nothing", async () => {
    await mkdir(here().file, { recursive: true });
    await expect(here().open().value("KEY")).rejects.toMatchObject({ code: "AUTHORIZATION_FAILED" });
    await rm(here().file, { recursive: true });
    await symlink("nowhere", here().file);
    expect(await here().open().value("KEY")).toBeUndefined();
  });
});
