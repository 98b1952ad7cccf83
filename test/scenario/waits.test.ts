// A run that waits for people holds nothing that would keep its process alive: whoever stays with it does.
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, test } from "vitest";
import { gleitzeit, place, started } from "./command.ts";

const here = place();
const LIBRARY = pathToFileURL(join(import.meta.dirname, "../../dist/index.js")).href;

const ASKED = `name: Asked
tasks:
  - {id: release, approval: {message: "Is it right?"}}
  - {id: publish, method: echo/echo, dependencies: [release], params: {message: released}}
`;

const approve = (run: string) => gleitzeit(here(), ["approve", run, "release", "--quiet"]);
const printed = async (ended: ReturnType<typeof started>["ended"]) => {
  const { exit, stdout } = await ended;
  return { exit, stdout: stdout.trim() };
};

test.each([
  { how: "run", before: [], args: ["run", "asked.yaml", "--id", "a"] },
  { how: "resume", before: ["run", "asked.yaml", "--id", "a", "--detach"], args: ["resume", "a"] },
])("$how stays until somebody has answered, and goes on", async ({ before, args }) => {
  await writeFile(join(here().folder, "asked.yaml"), ASKED);
  if (before.length > 0) await gleitzeit(here(), before);
  const running = started(here(), args);
  await running.saw("release: waits for approval");
  expect((await approve("a")).exit).toBe(0);
  expect(await printed(running.ended)).toEqual({ exit: 0, stdout: "publish: released" });
});

test("so does a program that waits for the end of a run", async () => {
  const program = `
    import { openGleitzeit } from ${JSON.stringify(LIBRARY)};
    const gleitzeit = await openGleitzeit({ store: "sqlite:" + process.env.GLEITZEIT_HOME + "/gleitzeit.db" });
    const handle = await gleitzeit.submit("asked.yaml", { id: "a" });
    const end = handle.end();
    for await (const { type } of handle.events()) if (type === "ApprovalRequested") break;
    console.log("asked");
    console.log((await end).status);
    await gleitzeit.close();
  `;
  await writeFile(join(here().folder, "asked.yaml"), ASKED);
  const path = join(here().folder, "program.mjs");
  await writeFile(path, program);
  const running = started(here(), [], { program: path });
  await running.saw("asked");
  expect((await approve("a")).exit).toBe(0);
  expect(await printed(running.ended)).toEqual({ exit: 0, stdout: "asked\nsucceeded" });
});
