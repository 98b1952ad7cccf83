// The local receiver: it verifies what comes with the secrets of its store, prints it, and says what is wrong with the rest.
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { z } from "zod";
import { gleitzeit, place, started } from "./command.ts";
import { CONFIGURATION } from "./webhook-story.ts";

const here = place();
const Line = z.object({ verified: z.boolean(), problem: z.string().nullable(), body: z.looseObject({}) });

test("webhooks listen", async () => {
  await writeFile(join(here().folder, "gleitzeit.yaml"), CONFIGURATION);
  const listening = started(here(), ["webhooks", "listen", "--json"]);
  let said = "";
  listening.child.stderr?.on("data", (text: string) => (said += text));
  await listening.saw("listening on ");
  const url = /http:\/\/[\d.:]+/.exec(said)?.[0] ?? "";
  const made = await gleitzeit(here(), ["webhooks", "create", url, "--challenge", "--json"]);
  const { id } = z.looseObject({ id: z.string() }).parse(JSON.parse(made.stdout));
  const tested = await gleitzeit(here(), ["webhooks", "test", id, "--json"]);
  expect(tested.exit).toBe(0);
  const forged = await fetch(url, {
    method: "POST",
    body: '{"type":"run.succeeded"}',
    headers: {
      "webhook-id": `a_${id}`,
      "webhook-timestamp": String(Math.floor(Date.now() / 1000)),
      "webhook-signature": "v1,AAAA",
    },
  });
  const bare = await fetch(url, { method: "POST", body: "not JSON" });
  expect([forged.status, bare.status]).toEqual([401, 401]);
  listening.child.kill("SIGINT");
  const { stdout, exit } = await listening.ended;
  const lines = stdout
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
  expect(lines.slice(0, 3).map((line) => Line.parse(line))).toMatchObject([
    { verified: false, body: { type: "webhook.challenge" } },
    { verified: true, problem: null, body: { type: "webhook.test" } },
    { verified: false, problem: "no signature fits", body: { type: "run.succeeded" } },
  ]);
  expect(lines[3]).toMatchObject({ verified: false, body: "not JSON", id: null });
  expect(exit).toBe(0);
});
