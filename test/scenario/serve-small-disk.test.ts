// A server whose disk is full for a while, and one whose files may not be written.
import { mkdir, rm, writeFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { smallDisk, whyNoSmallDisk } from "../adapters/event-store/small-disk.ts";
import { ask, HELLO } from "../adapters/http/rig.ts";
import { gleitzeit, place } from "./command.ts";
import { serving } from "./serving.ts";

const here = place();
const noDisk = await whyNoSmallDisk();

test("with a full disk runs are refused with 503 and looked at; with room again they are taken; read-only, it does not begin", async (context) => {
  if (noDisk) context.skip(noDisk);
  const disk = await smallDisk("4m");
  try {
    const home = disk.path("home");
    await mkdir(home);
    const where = { ...here(), home };
    const server = await serving(where);
    const submit = (id: string) =>
      ask(server.url, "POST", "/v1/runs?wait=30", { body: { workflow: HELLO, id } });
    expect(await submit("before")).toMatchObject({ status: 201, json: { status: "succeeded" } });
    const sizes = Array.from({ length: 22 }, (_, i) => 2 ** (21 - i));
    for (const size of sizes)
      await writeFile(disk.path(`ballast-${size}`), new Uint8Array(size)).catch((error: unknown) =>
        expect(error).toMatchObject({ code: "ENOSPC" }),
      );
    const refused = await submit("during");
    expect(refused.json, refused.text).toMatchObject({ status: 503, code: "PERSISTENCE_WRITE_FAILED" });
    expect(refused.headers.get("retry-after")).toBe("1");
    expect((await ask(server.url, "GET", "/v1/runs/before")).json).toMatchObject({ status: "succeeded" });
    for (const size of sizes) await rm(disk.path(`ballast-${size}`), { force: true });
    expect(await submit("during")).toMatchObject({ status: 201, json: { status: "succeeded" } });
    server.child.kill("SIGTERM");
    expect((await server.ended).exit).toBe(0);
    await disk.becomeReadOnly();
    const again = await gleitzeit(where, ["serve", "--port", "0", "--json"]);
    expect(again, again.stderr).toMatchObject({ exit: 5 });
    expect(again.stdout).toMatch(/read-only/);
  } finally {
    await disk.remove();
  }
}, 240_000);
