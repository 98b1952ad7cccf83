// The documents whose runs are kept in test/corpus: what the first format could say, and what came after it.
export const documents = {
  "chain.json": {
    name: "Chain",
    version: 2,
    tags: ["corpus"],
    inputs: { n: { type: "integer", default: 3 } },
    tasks: [
      { id: "a", method: "mcp/tool.add", params: { a: "${inputs.n}", b: 4 } },
      { id: "b", name: "Times two", method: "mcp/tool.multiply", params: { a: "${a.result}", b: 2 } },
      {
        id: "c",
        method: "python/execute",
        params: { code: "print('hi')\nresult = context['b'] + 1", context: { b: "${b.result}" } },
      },
    ],
    outputs: { c: "${c}", $blob: "a user's key" },
  },
  "broken.json": {
    name: "Broken",
    tasks: [
      { id: "fine", method: "echo/echo", params: { message: "fine" } },
      { id: "raises", method: "python/execute", params: { code: "raise ValueError('no')" } },
      {
        id: "retried",
        method: "python/execute",
        retry: { max_attempts: 2, base_delay: 0.01, on: ["TASK_EXECUTION_FAILED"] },
        params: { code: "1 / 0" },
      },
      { id: "after", method: "echo/echo", dependencies: ["raises"] },
      {
        id: "tolerated",
        method: "echo/echo",
        on_failure: "continue",
        params: { message: "${fine.nothing}" },
      },
    ],
  },
  "large.json": {
    name: "Large",
    tasks: [
      {
        id: "big",
        method: "python/execute",
        params: { code: "result = {'text': 'x' * 100000, 'list': list(range(5000))}" },
      },
    ],
  },
  "batch.json": {
    name: "Batch",
    type: "batch",
    batch: { directory: "notes", pattern: "*.txt" },
    template: {
      method: "python/execute",
      params: { code: "result = len(open(context['file_path']).read())", context: {} },
    },
  },
  "loop.json": {
    name: "Loop",
    metadata: { kept: true },
    tasks: [
      { id: "names", method: "python/execute", params: { code: "result = ['ada', 'ben', 'cleo']" } },
      {
        id: "each",
        for_each: "${names}",
        max_parallel: 2,
        on_failure: "continue",
        method: "python/execute",
        params: { code: "result = 10 // (context['n'] - 1)", context: { name: "${item}", n: "${index}" } },
      },
      { id: "never", when: "size(tasks.names.result.result) > 10", method: "echo/echo" },
      { id: "instead", method: "echo/echo", params: { message: '${never ?? "few"}' } },
      {
        id: "other",
        method: "python/execute",
        params: { code: "1 / 0" },
        fallback: [{ method: "echo/echo", params: { message: "from elsewhere" } }],
      },
    ],
    outputs: { instead: "${instead}", other: "${other}", second: "${each[2].result}" },
  },
  "asked.json": {
    name: "Asked",
    inputs: { who: { type: "string", default: "nobody" } },
    tasks: [
      { id: "nap", wait: { for: "10ms" } },
      { id: "paid", dependencies: ["nap"], wait: { signal: "payment" } },
      { id: "release", approval: { message: "Release for ${paid.amount}, ${inputs.who}?", min: 1 } },
      {
        id: "done",
        dependencies: ["release"],
        method: "echo/echo",
        params: { message: "${paid.amount} paid" },
      },
    ],
  },
  "child.json": {
    name: "Child",
    inputs: { seconds: { type: "number" } },
    tasks: [
      {
        id: "slow",
        method: "python/execute",
        params: {
          code: "import time; time.sleep(context['s']); result = 'grown'",
          context: { s: "${inputs.seconds}" },
        },
      },
    ],
    outputs: { said: "${slow}" },
  },
  "parent.json": {
    name: "Parent",
    inputs: { seconds: { type: "number", default: 0 } },
    tasks: [
      { id: "child", workflow: "child.json", inputs: { seconds: "${inputs.seconds}" } },
      { id: "after", method: "echo/echo", params: { message: "${child.said} up" } },
    ],
  },
  "again.json": {
    name: "Again",
    tasks: [
      {
        id: "stubborn",
        method: "python/execute",
        timeout: "300ms",
        retry: { max_attempts: 2, backoff: "fixed", base_delay: "300d", max_delay: "300d", jitter: false },
        params: { code: "import time; time.sleep(60)" },
      },
    ],
  },
  "pausing.json": {
    name: "Pausing",
    tasks: [
      {
        id: "fetch",
        method: "python/execute",
        on_failure: "pause",
        params: { code: "raise OSError('gone')" },
      },
      { id: "count", method: "echo/echo", params: { message: "${fetch.rows} rows" } },
    ],
  },
  "sleeper.json": {
    name: "Sleeper",
    tasks: [
      { id: "before", method: "echo/echo", params: { message: "once" } },
      {
        id: "slow",
        method: "python/execute",
        dependencies: ["before"],
        params: { code: "import time; time.sleep(2); result = 'awake'" },
      },
      { id: "last", method: "echo/echo", params: { message: "${slow}" } },
    ],
  },
};
