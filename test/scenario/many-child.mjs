// Runs twenty named runs at once on the store given, goes on with those that are there, and says `done` at the end.
// Started and killed by many-runs.test.ts, on the compiled engine.
import { childEngine } from "./child-engine.mjs";

const [path, prefix] = process.argv.slice(2);
const actor = { type: "cli", id: "test" };
const { engine, close } = await childEngine(path);
engine.live.subscribe(({ event }) => {
  if (event.type === "TaskSucceeded") process.stdout.write(".\n");
});

const definition = {
  name: "Many",
  tasks: [
    { id: "source", method: "echo/echo", params: { message: "go", n: 1 } },
    ...[0, 1, 2].map((i) => ({
      id: `branch${i}`,
      method: "echo/echo",
      params: { message: "${source.n}", i },
    })),
    ...Array.from({ length: 8 }, (_, i) => ({
      id: `link${i}`,
      method: "echo/echo",
      params: { message: i === 0 ? "${branch0.i}${branch1.i}${branch2.i}" : `\${link${i - 1}.message}+` },
    })),
  ],
};

await Promise.all(
  Array.from({ length: 20 }, async (_, i) => {
    const request = { tenant: "main", definition, inputs: {}, files: [], name: `${prefix}-${i}` };
    const { run, end } = await engine.run(request, actor);
    await (end ?? engine.drive(run, "main", actor));
  }),
);
await close();
process.stdout.write("done\n");
