// `node bench/memory.mjs chain|parallel|each [COUNT]`: how much memory one process takes for a run of so many
// tasks. Each in a process of its own, so that no figure stands on another one's leftovers.
import { chain, rig } from "./rig.mjs";

const DOCUMENTS = {
  chain: [10_000, chain],
  parallel: [
    20_000,
    (count) => ({
      name: "parallel",
      tasks: Array.from({ length: count }, (_, i) => ({
        id: `t${i}`,
        method: "echo/echo",
        params: { message: "hello" },
      })),
    }),
  ],
  each: [
    50_000,
    (count) => ({
      name: "each",
      tasks: [
        {
          id: "each",
          method: "echo/echo",
          for_each: Array.from({ length: count }, (_, i) => i),
          params: { message: "${item}" },
        },
      ],
    }),
  ],
};

const [shape = "", asked] = process.argv.slice(2);
const [usual, documentOf] = DOCUMENTS[shape] ?? [];
if (!documentOf) throw new Error(`one of ${Object.keys(DOCUMENTS).join(", ")}`);
const count = Number(asked ?? usual);

const megabytes = (bytes) => Math.round(bytes / 1024 ** 2);
const before = megabytes(process.memoryUsage().rss);
const { run, close } = await rig();
let most = 0;
const watch = setInterval(() => {
  most = Math.max(most, process.memoryUsage().rss);
}, 50);
const started = performance.now();
const { end } = await run(documentOf(count));
const { status } = await end;
clearInterval(watch);
const { maxRSS } = process.resourceUsage();
console.log(
  JSON.stringify({
    figure: `${shape}: ${count} tasks in one run`,
    status,
    seconds: Math.round((performance.now() - started) / 100) / 10,
    rssBeforeMB: before,
    mostRssMB: Math.max(megabytes(most), megabytes(maxRSS * 1024)),
    heapAtEndMB: megabytes(process.memoryUsage().heapUsed),
  }),
);
await close();
