// Questions about each file of a folder, of texts and of pictures: the example, with a server that answers as Ollama does.
import { cp, readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type FakeModels, fakeModels } from "../providers/llm/fake-models.ts";
import { type Heard, ollamaProtocol } from "../providers/llm/protocols.ts";
import { at, rig } from "./rig.ts";

const here = rig();
const EXAMPLE = fileURLToPath(new URL("../../../examples/batch-model", import.meta.url));

let models: FakeModels;
beforeEach(async () => {
  models = await fakeModels(ollamaProtocol, ["llama3.2", "llava"]);
  await cp(EXAMPLE, here().folder, { recursive: true });
});
afterEach(() => models.close());

const ask = (argv: readonly string[]) =>
  here().gleitzeit(argv, { env: { GLEITZEIT_OLLAMA_URL: models.url } });
const within = (path: string): string => join(here().folder, path);
const isAbout = ({ body }: Heard, word: string): boolean => JSON.stringify(body).includes(word);

test("each letter is asked about with its text; one that fails is asked about again by retry, and no other", async () => {
  models.answers((heard) => (isAbout(heard, "crane") ? "refuse 400 not about cranes" : undefined));
  const first = await ask(["run", within("workflow.yaml"), "--id", "post", "--json"]);
  expect(first.exit, first.err).toBe(1);
  expect(models.heard).toHaveLength(3);
  for (const word of ["Petersen", "squeaking", "Seute Deern"])
    expect(models.heard.filter((heard) => isAbout(heard, word))).toHaveLength(1);
  models.answers(() => undefined);
  const again = await ask(["retry", "post", "--json"]);
  expect(again.exit, again.err).toBe(0);
  expect(models.heard).toHaveLength(4);
  expect(models.heard.slice(3).every((heard) => isAbout(heard, "squeaking"))).toBe(true);
});

test("each picture is sent as one, to the model that sees", async () => {
  const { exit, err, json } = await ask(["run", within("pictures.yaml"), "--json"]);
  expect(exit, err).toBe(0);
  expect(at(json, "status")).toBe("succeeded");
  const sent = await Promise.all(
    ["pilot", "quarantine"].map((name) => readFile(within(`pictures/${name}.png`), "base64")),
  );
  for (const picture of sent) expect(models.heard.filter((heard) => isAbout(heard, picture))).toHaveLength(1);
  expect(models.heard.map(({ model }) => model)).toEqual(["llava", "llava"]);
});

test.each([
  [".csv", /^file,status,result,error,duration_ms,task\r\nberth.txt,succeeded,/],
  [".md", /^# batch of letters\n\n3 files, 3 succeeded, 0 failed\./],
  [".json", /"total": 3,\s+"succeeded": 3,\s+"failed": 0/],
])("without a document, the answers in a file: %s", async (suffix, shape) => {
  const output = within(`answers${suffix}`);
  const argv = [
    "batch",
    within("letters"),
    "--pattern",
    "*.txt",
    "--prompt",
    "Who writes?",
    "--model",
    "llama3.2",
    "--output",
    output,
  ];
  const { exit, err } = await ask(argv);
  expect(exit, err).toBe(0);
  expect(await readFile(output, "utf8")).toMatch(shape);
});
