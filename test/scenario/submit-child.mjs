// Submits so many runs to the store given, and leaves them to whoever works on it. Started by workers.test.ts.
import { childEngine } from "./child-engine.mjs";

const [path, prefix, count] = process.argv.slice(2);
const { engine, close } = await childEngine(path);
const definition = {
  name: "Errand",
  tasks: [
    { id: "go", method: "echo/echo", params: { message: "there" } },
    { id: "rest", wait: { for: 0.05 }, dependencies: ["go"] },
    {
      id: "back",
      method: "echo/echo",
      params: { message: "${go.message} and back" },
      dependencies: ["rest"],
    },
  ],
};
for (let i = 0; i < Number(count); i += 1) {
  const request = { tenant: "main", definition, inputs: {}, files: [], name: `${prefix}-${i}` };
  const { run } = await engine.submit(request, { type: "cli", id: "test" });
  process.stdout.write(`${run}\n`);
}
await close();
