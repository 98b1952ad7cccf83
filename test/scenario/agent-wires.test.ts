// An agent whose process ends in the middle of a model's answer, killed or stopped, through each of the three protocols:
// whoever resumes asks for no recorded turn again, and for the one that was cut off once more.
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { type FakeModels, fakeModels } from "../adapters/providers/llm/fake-models.ts";
import {
  anthropicProtocol,
  type Heard,
  ollamaProtocol,
  openaiProtocol,
  type Protocol,
} from "../adapters/providers/llm/protocols.ts";
import { gleitzeit, place, started } from "./command.ts";

const here = place();
let server: FakeModels | undefined;
afterEach(async () => {
  await server?.close();
});

const AGENT = `name: Agent
tasks:
  - id: A
    method: llm/agent
    params: {prompt: add up, model: drip, tools: [mcp/tool.add]}
`;

const hasAdded = ({ body }: Heard): boolean => JSON.stringify(body).includes('"role":"assistant"');
const sum = 'call add {"a": 19, "b": 23}';

const WIRES: readonly Protocol[] = [ollamaProtocol, openaiProtocol, anthropicProtocol];

test.each(
  WIRES.flatMap((wire) =>
    (["SIGKILL", "SIGTERM"] as const).map((signal) => ({ wire, signal, type: wire.type })),
  ),
)("$type, $signal while the second turn is being written", async ({ wire, signal }) => {
  const models = await fakeModels(wire);
  server = models;
  models.answers((heard) => (hasAdded(heard) ? undefined : sum));
  const { folder } = here();
  await writeFile(
    join(folder, "gleitzeit.yaml"),
    `providers: {m: {type: ${wire.type}, url: "${models.url}", api_key: k}}\n`,
  );
  await writeFile(join(folder, "agent.yaml"), AGENT);

  const running = started(here(), ["run", "agent.yaml", "--id", "a", "--quiet"]);
  await models.waiting();
  running.child.kill(signal);
  const first = await running.ended;
  expect(first, first.stderr).toMatchObject(signal === "SIGKILL" ? { signal } : { exit: 130 });

  models.answers((heard) => (hasAdded(heard) ? "It is 42." : sum));
  const resumed = await gleitzeit(here(), ["resume", "a", "--json"]);
  expect(resumed, resumed.stderr).toMatchObject({ exit: 0 });
  expect(JSON.parse(resumed.stdout)).toMatchObject({
    status: "succeeded",
    outputs: { A: { response: "It is 42." } },
  });
  expect(models.heard.map(hasAdded)).toEqual([false, true, true]);
  const [, cutOff, again] = models.heard;
  expect(again?.body).toEqual(cutOff?.body);
  expect(JSON.stringify(again?.body)).toContain("42");
});
