// A person's data at a receiver and in a store, from the run to the erasure, over real sockets: what receivers answered is
// in no file, they are witnesses of the log, and they learn of the erasure.
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { z } from "zod";
import { verifiedNote, vkeyOf } from "../../src/adapters/audit/verifier/note.ts";
import { CANARY, everyFile, expectClean } from "../adapters/cli/canary.ts";
import { gleitzeit, place, started } from "./command.ts";
import { receiver } from "./webhook-receiver.ts";
import { CONFIGURATION } from "./webhook-story.ts";

const here = place();
const Made = z.object({ id: z.string(), secret: z.string() });
const Deliveries = z.object({
  items: z.array(
    z.object({
      type: z.string(),
      attempts: z.array(z.object({ response: z.string().nullable(), erased: z.boolean() })),
    }),
  ),
});
const Signed = z.object({ checkpoint: z.object({ size: z.string(), root: z.string(), note: z.string() }) });
const Keys = z.object({ origin: z.string(), vkey: z.string() });

const DOCUMENT = `name: About somebody
inputs: { who: { type: string } }
tasks:
  - { id: greet, method: echo/echo, params: { message: "Hello \${inputs.who}" } }
outputs: { said: "\${greet.result}" }
`;

test("nothing of theirs is in any file, and every receiver that had it is told", async () => {
  const answer = async <S extends z.ZodType>(schema: S, ...args: readonly string[]): Promise<z.output<S>> => {
    const { stdout } = await gleitzeit(here(), [...args, "--json"]);
    return schema.parse(JSON.parse(stdout));
  };
  await writeFile(join(here().folder, "gleitzeit.yaml"), CONFIGURATION);
  await writeFile(join(here().folder, "about.yaml"), DOCUMENT);
  let asked = 0;
  const there = await receiver((one, response) => {
    asked += 1;
    response.writeHead(asked === 2 ? 500 : 200).end(`I was sent ${one.text}`); // as careless receivers do
    return undefined;
  });
  const { id, secret } = await answer(Made, "webhooks", "create", there.url, "--start", "start");
  there.secrets = [secret];
  const worker = started(here(), ["worker", "--quiet"]);
  const run = ["run", "about.yaml", "--subject", "anna", "--input", `who=${CANARY}`, "--quiet"];
  expect((await gleitzeit(here(), run)).exit).toBe(0);
  const told = (type: string) => there.got.find(({ body }) => body.type === type);
  await there.until(() => told("run.succeeded") !== undefined);
  expect(there.got.filter(({ isVerified }) => !isVerified)).toEqual([]);
  expect(told("run.succeeded")?.text).toContain(JSON.stringify(CANARY).slice(1, -1));

  const { origin, vkey } = await answer(Keys, "audit", "vkey");
  const key = vkeyOf(vkey);
  const signed = there.got.flatMap(({ text }) => Signed.safeParse(JSON.parse(text)).data ?? []);
  for (const { checkpoint } of signed)
    expect(verifiedNote(checkpoint.note, key ? [key] : [])).toMatchObject({
      text: `${origin}\n${checkpoint.size}\n${checkpoint.root}\n`,
    });
  expectClean(await everyFile(here().home));
  const before = await answer(Deliveries, "webhooks", "deliveries", id);
  expect(
    before.items.flatMap(({ attempts }) => attempts).some(({ response }) => response?.includes("Hello")),
  ).toBe(true);

  expect(await answer(z.looseObject({}), "erase", "anna", "--reason", "asked for")).toMatchObject({
    status: "erased",
    endpoints: [id],
  });
  await there.until(() => told("subject.erased") !== undefined);
  worker.child.kill("SIGINT");
  await worker.ended;
  await there.close();
  const after = await answer(Deliveries, "webhooks", "deliveries", id);
  const ofRun = after.items
    .filter(({ type }) => type !== "subject.erased")
    .flatMap(({ attempts }) => attempts);
  expect(ofRun.every(({ response, erased }) => response === null && erased)).toBe(true);
  expectClean(await everyFile(here().home));
  expect((await readFile(join(here().home, "gleitzeit.db"))).length).toBeGreaterThan(10_000);
  // Signing begins within a second: what was told later carries a checkpoint.
  expect(Signed.safeParse(JSON.parse(told("subject.erased")?.text ?? "{}")).success).toBe(true);
});
