// `node bench/waiting.mjs [RUNS]`: memory of one process that drives so many runs that wait, half for time, half for
// people; and how soon it acts on one of them.
import { rig } from "./rig.mjs";

const RUNS = Number(process.argv[2] ?? 100_000);
const AT_ONCE = 200;
const MOST_MB = 500;

const megabytes = (bytes) => Math.round(bytes / 1024 ** 2);
const seconds = (from) => Math.round((performance.now() - from) / 100) / 10;
const timer = { name: "waits", tasks: [{ id: "wait", wait: { for: "7d" } }] };
const question = { name: "asks", tasks: [{ id: "ask", approval: { message: "go?", timeout: "7d" } }] };

const { engine, run, close } = await rig();
const started = performance.now();
let left = RUNS;
let last;
const submit = async () => {
  while (left > 0) {
    left -= 1;
    last = await run(left % 2 === 0 ? question : timer);
  }
};
await Promise.all(Array.from({ length: AT_ONCE }, submit));
const submitted = seconds(started);
global.gc?.();
const { rss, heapUsed, heapTotal, external, arrayBuffers } = process.memoryUsage();
const asked = performance.now();
const approve = { type: "DecideApproval", task: "ask", decision: "approved" };
await engine.request(last.run, "main", approve, { type: "cli", id: "anna" });
const ended = await last.end;
const answered = Math.round((performance.now() - asked) * 10) / 10;
console.log(
  JSON.stringify(
    {
      figure: `${RUNS} waiting runs in one process`,
      limit: `at most ${MOST_MB} MB`,
      met: megabytes(rss) <= MOST_MB && ended.status === "succeeded",
      rssMB: megabytes(rss),
      heapMB: megabytes(heapUsed),
      heapTotalMB: megabytes(heapTotal),
      externalMB: megabytes(external),
      arrayBuffersMB: megabytes(arrayBuffers),
      submitSeconds: submitted,
      decisionToEndMs: answered,
    },
    null,
    2,
  ),
);
await close();
