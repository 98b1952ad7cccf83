// Python's half of the child: Pyodide, its memory file system, and the harness around scripts.
import { memoryFiles } from "./memory-files.mjs";

export { imageOf, load } from "./boot.mjs";

const PAGE_BYTES = 65_536;

export const REHEARSAL =
  "import math\nprint(sum(math.sqrt(n) for n in range(1000)))\nresult = {'n': [1, 'a', None]}";

export function begin(python, { settings, look, sleep, stdout, stderr }) {
  const harness = python.globals.get("_gleitzeit");
  const { begin: prepare, perform, restore } = harness;
  python.globals.delete("_gleitzeit");
  python.setStdin({ error: true });
  python.setStdout({ write: stdout, isatty: false });
  python.setStderr({ write: stderr, isatty: false });
  python.setInterruptBuffer(lookingBuffer(look));
  const files = memoryFiles(python.FS, settings.fileBytes);
  prepare(sleep);

  return {
    put: files.put,
    link: files.link,
    /** The answer lies where it is in Python's memory, and is gone when `onAnswer` returns. */
    perform(job, onAnswer) {
      const answer = perform(new Uint8Array(job.buffer, job.byteOffset, job.length));
      if (!answer) return onAnswer();
      const view = answer.getBuffer("u8");
      onAnswer(view.data);
      view.release();
      answer.destroy();
    },
    clean() {
      const isRestored = restore();
      const isWhole = files.wipe();
      return isRestored && isWhole && python._module.HEAP8.length < (settings.memoryPages * PAGE_BYTES) / 2;
    },
  };
}

/**
 * Python looks at the first byte of its interrupt buffer every few thousand steps. Here that byte is
 * a getter, which makes each look a moment to do something.
 */
const lookingBuffer = (onLook) => ({
  get 0() {
    onLook();
    return 0;
  },
  set 0(_signal) {
    // Python clears the byte after reading it.
  },
});
