// Documents that many tests run.

export const ECHO = `name: Small talk
tasks:
  - id: hello
    method: echo/echo
    params: {message: hello}
  - id: reply
    method: mcp/tool.concat
    params: {strings: ["\${hello}", "yourself"]}
outputs:
  said: \${reply.result}
`;

/** Fails once, and then waits for ten minutes: a run that stays where it is. */
export const STUCK = `name: Stuck
tasks:
  - id: before
    method: echo/echo
    params: {message: ok}
  - id: much
    method: mcp/tool.multiply
    dependencies: [before]
    params: {a: 9007199254740991, b: 10}
    retry: {max_attempts: 2, backoff: fixed, base_delay: 600, max_delay: 600, jitter: false, "on": [TASK_RESULT_INVALID]}
`;

/** Fails at once, without Python: a reference to what is not there. */
export const BROKEN = `name: Broken
tasks:
  - id: fine
    method: echo/echo
    params: {message: ok}
  - id: lost
    method: echo/echo
    params: {message: "\${fine.nowhere}"}
  - id: after
    method: echo/echo
    dependencies: [lost]
    params: {message: never}
`;
