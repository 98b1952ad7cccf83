// What a cassette does not have, and folders that are none.
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { cassettes, counter, document, next } from "./cassette-rig.ts";
import { rig } from "./rig.ts";

const here = rig();
const { recorded, playing } = cassettes(here);

describe("a call that is not in the cassette", () => {
  test("is an error that names the nearest, where they differ, and what to do; it is not retried", async () => {
    await recorded(document([next("a", { prompt: "Explain the tides.", temperature: 0 })]));
    const { gleitzeit, calls } = await playing();
    const changed = document([next("a", { prompt: "Explain the ebb.", temperature: 0 })]);
    const failed = await (await gleitzeit.submit(changed)).end();
    expect(failed.tasks.a).toMatchObject({ status: "failed", attempts: 1 });
    const { code, message, details } = failed.tasks.a?.error ?? {};
    expect(code).toBe("CALL_NOT_RECORDED");
    expect(message).toMatch(
      /^count\/v1 next of task a is not in the cassette calls\. The nearest is calls\/a\.[0-9a-f]{12}\.json: params\.prompt was "Explain the tides\." and is "Explain the ebb\."\. If that is right now, record it: the same command with --record in place of --play$/,
    );
    expect(details).toMatchObject({
      differs: ["params.prompt"],
      nearest: expect.stringMatching(/^calls\/a\./),
    });
    expect(calls).toEqual([]);
  });

  test("of a method that was never called says which were", async () => {
    await recorded(document([next("a")]));
    const { gleitzeit } = await playing();
    await expect(gleitzeit.call("echo/echo", { message: "hi" })).rejects.toMatchObject({
      code: "CALL_NOT_RECORDED",
      message: expect.stringMatching(/which has calls of count\/v1 next only; record it/),
    });
  });
});

describe("what is refused", () => {
  test("a cassette that is not there, is no folder, or holds what is no recording: by name, before anything runs", async () => {
    const provider = counter();
    const open = (play: string) => here().open({ providers: [provider], play });
    const refused = (message: RegExp) => ({
      code: "CASSETTE_INVALID",
      message: expect.stringMatching(message),
    });
    await expect(open("nowhere")).rejects.toMatchObject(
      refused(/^there is no cassette nowhere: `--record nowhere`/),
    );
    await writeFile(join(here().folder, "plain"), "");
    await expect(open("plain")).rejects.toMatchObject(refused(/^plain is no folder/));
    await recorded(document([next("a")]));
    const [name = ""] = await readdir(join(here().folder, "calls"));
    const file = join(here().folder, "calls", name);
    const text = await readFile(file, "utf8");
    await writeFile(file, text.slice(0, -20));
    await expect(open("calls")).rejects.toMatchObject(
      refused(
        new RegExp(
          `^calls/${name.replaceAll(".", "\\.")} is no recording of a call: it is no JSON, or was cut off`,
        ),
      ),
    );
    await writeFile(file, text);
    await writeFile(join(here().folder, "calls", ".gitattributes"), "* text");
    await open("calls");
    await writeFile(join(here().folder, "calls", "notes.txt"), "mine");
    await expect(open("calls")).rejects.toMatchObject(
      refused(/^calls\/notes\.txt is no recording of a call: its name/),
    );
    await expect(here().open({ record: "calls" })).rejects.toMatchObject(refused(/notes\.txt/));
    expect(provider.calls).toHaveLength(0);
  });

  test("to record and to play at once", async () => {
    await expect(here().open({ record: "a", play: "a" })).rejects.toMatchObject({ code: "USAGE_ERROR" });
  });
});
