// The encrypted file of secrets: what it keeps, what it shows.
import { readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { describe, expect, test } from "vitest";
import { safe } from "./safe.ts";

const here = safe();
const VALUE = "tide-and-harbour-9";

const refused = (code: string, message: RegExp) => ({ code, message: expect.stringMatching(message) });
const mode = async (file: string): Promise<string> => ((await stat(file)).mode & 0o777).toString(8);

describe("a vault", () => {
  test("that nobody has made is empty, and looking at it makes nothing", async () => {
    expect(await here().open().value("KEY")).toBeUndefined();
    expect(await here().open().list()).toEqual([]);
    expect(await readdir(here().folder)).toEqual([]);
  });

  test("gives back what was set, in whatever script, and shows names and dates alone", async () => {
    const vault = here().open();
    const texts = ["söme secret ✓", "line one\nline two", '"quoted" \\ ${secret.A}', VALUE];
    for (const [i, value] of texts.entries()) await vault.set(`K-${i}`, value);
    const other = here().open();
    for (const [i, value] of texts.entries()) expect(await other.value(`K-${i}`)).toBe(value);
    expect((await other.list()).map(({ name }) => name)).toEqual(["K-0", "K-1", "K-2", "K-3"]);
    expect(JSON.stringify(await other.list())).not.toContain(VALUE);
    for (const name of ["toString", "__proto__"]) expect(await other.value(name)).toBeUndefined();
  });

  test("is readable by its owner alone, and neither names nor values stand in it", async () => {
    await here().open().set("HARBOUR_KEY", VALUE);
    const text = await readFile(here().file, "utf8");
    expect(text).not.toMatch(new RegExp(`HARBOUR|${VALUE}|${Buffer.from(VALUE).toString("base64")}`));
    expect(await mode(here().file)).toBe("600");
    expect(await mode(here().keyFile)).toBe("600");
    expect(await mode(dirname(here().file))).toBe("700");
    expect((await readFile(here().keyFile)).length).toBe(32);
    expect(
      (await readdir(dirname(here().file))).filter((name) => !/^vault\.json(?:\.lock)?$/.test(name)),
    ).toEqual([]);
  });

  test("keeps when a secret was made, and when it got its value", async () => {
    const { clock, open } = here();
    const first = await open().set("KEY", VALUE);
    expect(first.created).toBe(first.changed);
    await clock.advance(60_000);
    const rotated = await open().rotate("KEY", `${VALUE} new`);
    expect(rotated.created).toBe(first.created);
    expect(Date.parse(rotated.changed) - Date.parse(first.changed)).toBe(60_000);
    expect(await open().value("KEY")).toBe(`${VALUE} new`);
    await open().remove("KEY");
    expect(await open().value("KEY")).toBeUndefined();
  });

  test.each<[string, string]>([
    ["12345", "has fewer than 6 characters"],
    ["", "has fewer than 6 characters"],
    ["zero\0byte", "zero byte"],
    ["x".repeat(65_537), "is longer than"],
  ])("refuses a value that is no secret, without repeating it: %#", async (value, reason) => {
    const error: unknown = await here()
      .open()
      .set("KEY", value)
      .catch((thrown: unknown) => thrown);
    expect(error).toMatchObject(refused("USAGE_ERROR", new RegExp(reason)));
    if (value.length > 0) expect(String(error)).not.toContain(value);
    expect(await here().open().list()).toEqual([]);
  });

  test("rotates and deletes what is there, and gives a new value only where it is new", async () => {
    const vault = here().open();
    await expect(vault.remove("KEY")).rejects.toMatchObject(refused("CONFIGURATION_ERROR", /it is empty/));
    await vault.set("OTHER", VALUE);
    await expect(vault.rotate("KEY", VALUE)).rejects.toMatchObject(
      refused("CONFIGURATION_ERROR", /it has OTHER/),
    );
    await expect(vault.rotate("OTHER", VALUE)).rejects.toMatchObject(
      refused("USAGE_ERROR", /this value already/),
    );
  });
});

describe("the key of the vault", () => {
  test("is changed without losing anything; the old one opens nothing any more", async () => {
    const vault = here().open();
    await vault.set("KEY", VALUE);
    const [oldKey, oldVault] = [await readFile(here().keyFile), await readFile(here().file)];
    await vault.changeKey();
    expect(await here().open().value("KEY")).toBe(VALUE);
    expect(await readFile(here().keyFile)).not.toEqual(oldKey);
    expect(await readFile(here().file)).not.toEqual(oldVault);
    await writeFile(here().keyFile, oldKey);
    await expect(vault.value("KEY")).rejects.toMatchObject(
      refused("PERSISTENCE_INTEGRITY_ERROR", /another key than/),
    );
    await expect(vault.set("NEW", VALUE)).rejects.toMatchObject({ code: "PERSISTENCE_INTEGRITY_ERROR" });
  });

  test("stopped half way the vault opens, and the next change finishes", async () => {
    const vault = here().open();
    await vault.set("KEY", VALUE);
    const oldKey = await readFile(here().keyFile);
    // After the first step: the new key lies beside the old one.
    await writeFile(`${here().keyFile}.next`, Buffer.alloc(32, 7), { mode: 0o600 });
    expect(await vault.value("KEY")).toBe(VALUE);
    await vault.changeKey();
    // After the second: the vault has the new key, its place the old one.
    await rename(here().keyFile, `${here().keyFile}.next`);
    await writeFile(here().keyFile, oldKey, { mode: 0o600 });
    expect(await vault.value("KEY")).toBe(VALUE);
    await vault.set("OTHER", VALUE);
    expect(await readdir(dirname(here().keyFile))).toEqual(["vault.key"]);
    expect(await here().open().value("OTHER")).toBe(VALUE);
  });

  test("that is gone is never replaced in silence", async () => {
    await here().open().set("KEY", VALUE);
    await rm(here().keyFile);
    for (const asked of ["value", "set", "changeKey"] as const)
      await expect(here().open()[asked]("KEY", VALUE)).rejects.toMatchObject(
        refused("PERSISTENCE_INTEGRITY_ERROR", /its key .* is missing/),
      );
    expect(await readdir(dirname(here().keyFile))).toEqual([]);
  });
});
