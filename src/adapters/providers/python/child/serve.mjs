// Performs jobs, one after another, until standard input ends.
import { Buffer } from "node:buffer";
import process from "node:process";
import { pause, readLines, send, write } from "./frames.mjs";
import { observedLayers, removeGlobals } from "./lock.mjs";
import { memoryFiles } from "./memory-files.mjs";
import { output, printedResult } from "./output.mjs";
import { lookingBuffer, parentWatch } from "./watch.mjs";

const SLEEP_SLICE_MS = 200;
const PAGE_BYTES = 65_536;
const OUT_OF_MEMORY = /out of memory|enlarge memory|memory allocation|allocation failed|MemoryError/i;
// The first script meets code that the engine has seen before.
const REHEARSAL = {
  op: "execute",
  name: "<code>",
  code: "import math\nprint(sum(math.sqrt(n) for n in range(1000)))\nresult = {'n': [1, 'a', None]}",
  args: [],
  context: '{"a": [1.5, "b", null, true]}',
  limit: 1000,
};

export function serve(python, settings) {
  const { stdin } = process;
  const exit = process.exit.bind(process);
  const now = performance.now.bind(performance);
  const encoder = new TextEncoder();
  const bytesOf = (base64) => Uint8Array.from(Buffer.from(base64, "base64"));
  const layers = observedLayers(settings.memoryPages);
  const watch = parentWatch(now);
  const nowhere = output(0, { keep: 0, flood: Number.POSITIVE_INFINITY });
  let printed = nowhere;

  const harness = python.globals.get("_gleitzeit");
  const { begin, perform, restore } = harness;
  python.globals.delete("_gleitzeit");
  python.setStdin({ error: true });
  python.setStdout({ write: (bytes) => printed.stdout(bytes), isatty: false });
  python.setStderr({ write: (bytes) => printed.stderr(bytes), isatty: false });
  python.setInterruptBuffer(lookingBuffer(watch));
  const files = memoryFiles(python.FS, settings.fileBytes);
  begin(sleep);
  removeGlobals();
  performed(encoder.encode(JSON.stringify(REHEARSAL)), () => undefined);
  clean();

  let header;
  stdin.on("end", () => exit(0));
  readLines(stdin, (line) => {
    try {
      if (header) run(header, line);
      else obey(JSON.parse(line));
    } catch (error) {
      die(error);
    }
  });
  send({ t: "ready", layers });

  function obey(message) {
    if (message.t === "file") files.put(message.path, message.size, message.at, bytesOf(message.data));
    else if (message.t === "link") files.link(message.path, message.absolute);
    else if (message.t === "job") header = message;
    else throw new Error(`unknown message ${message.t}`);
  }

  function run({ id, keep, flood }, job) {
    header = undefined;
    printed = output(id, { keep, flood }, () => {
      printed.flush();
      send({ t: "flood", id });
      exit(0);
    });
    performed(job, (answer) => {
      printed.flush();
      write(encoder.encode(`{"t":"done","id":${id},"truncated":${printed.truncated()},"answer":`));
      write(
        answer ?? encoder.encode(JSON.stringify({ kind: "value", result: printedResult(printed.tail()) })),
      );
      write(encoder.encode("}\n"));
    });
    printed = nowhere;
    send({ t: "idle", id, reusable: clean() });
  }

  /** Hands over the answer as bytes of JSON, where they lie in Python's memory; nothing, when the output is the answer. */
  function performed(job, onAnswer) {
    const answer = perform(new Uint8Array(job.buffer, job.byteOffset, job.length));
    if (!answer) return onAnswer();
    const view = answer.getBuffer("u8");
    onAnswer(view.data);
    view.release();
    answer.destroy();
  }

  function clean() {
    const isRestored = restore();
    const isWhole = files.wipe();
    return isRestored && isWhole && python._module.HEAP8.length < (settings.memoryPages * PAGE_BYTES) / 2;
  }

  function sleep(seconds) {
    printed.flush();
    const until = now() + seconds * 1000;
    for (let left = until - now(); left > 0; left = until - now()) {
      pause(Math.min(left, SLEEP_SLICE_MS));
      watch();
    }
  }

  function die(error) {
    const message = String(error?.message ?? error);
    const reason = OUT_OF_MEMORY.test(message) ? "memory" : "interpreter";
    send({ t: "fatal", reason, message: message.slice(-2000) });
    exit(1);
  }
}
