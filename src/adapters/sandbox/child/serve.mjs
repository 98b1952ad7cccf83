// Performs jobs, one after another, until standard input ends.
//
// What a language gives: `put(path, size, at, bytes)` and `link(path, absolute)` for captured files; `perform(job, onAnswer)`,
// which hands over the answer as bytes of JSON, or nothing when the output is the answer; `clean()`, which makes
// everything as it was and says whether that could be done.
import { Buffer } from "node:buffer";
import process from "node:process";
import { pause, readLines, send, write } from "./frames.mjs";
import { observedLayers, removeGlobals } from "./lock.mjs";
import { output, printedResult } from "./output.mjs";
import { parentWatch } from "./watch.mjs";

const SLEEP_SLICE_MS = 200;
const NEWLINE = 10;
const OUT_OF_MEMORY = /out of memory|enlarge memory|memory allocation|allocation failed|MemoryError/i;
const rehearsal = (code) => ({
  op: "execute",
  name: "<code>",
  code,
  args: [],
  context: '{"a": [1.5, "b", null, true]}',
  limit: 1000,
});

export async function serve(language, loaded, settings) {
  const { stdin } = process;
  const exit = process.exit.bind(process);
  const now = performance.now.bind(performance);
  const encoder = new TextEncoder();
  const bytesOf = (base64) => Uint8Array.from(Buffer.from(base64, "base64"));
  const layers = observedLayers(settings.memoryPages);
  const look = parentWatch(now);
  const nowhere = output(0, { keep: 0, flood: Number.POSITIVE_INFINITY });
  let printed = nowhere;

  const interpreter = await language.begin(loaded, {
    settings,
    look,
    sleep,
    now,
    stdout: (bytes) => printed.stdout(bytes),
    stderr: (bytes) => printed.stderr(bytes),
  });
  removeGlobals();
  // The first script meets code that the engine has seen before.
  interpreter.perform(encoder.encode(JSON.stringify(rehearsal(language.REHEARSAL))), () => undefined);
  await interpreter.clean();

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
    if (message.t === "file") interpreter.put(message.path, message.size, message.at, bytesOf(message.data));
    else if (message.t === "link") interpreter.link(message.path, message.absolute);
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
    interpreter.perform(job, (given) => {
      printed.flush();
      const answer =
        given ?? encoder.encode(JSON.stringify({ kind: "value", result: printedResult(printed.tail()) }));
      // Whatever a script did to its interpreter: the answer is one line.
      if (answer.includes(NEWLINE)) throw new Error("the answer is not one line");
      write(encoder.encode(`{"t":"done","id":${id},"truncated":${printed.truncated()},"answer":`));
      write(answer);
      write(encoder.encode("}\n"));
    });
    printed = nowhere;
    void settle(id);
  }

  async function settle(id) {
    try {
      send({ t: "idle", id, reusable: await interpreter.clean() });
    } catch (error) {
      die(error);
    }
  }

  function sleep(seconds) {
    printed.flush();
    const until = now() + seconds * 1000;
    for (let left = until - now(); left > 0; left = until - now()) {
      pause(Math.min(left, SLEEP_SLICE_MS));
      look();
    }
  }

  function die(error) {
    const message = String(error?.message ?? error);
    const reason = OUT_OF_MEMORY.test(message) ? "memory" : "interpreter";
    send({ t: "fatal", reason, message: message.slice(-2000) });
    exit(1);
  }
}
