// What a person's runs are given, say and are told: twenty strings, each of which stands in one kind of place.
const canary = (place: string): string => `Wölfin-${place}-7310`;

export const WHO = canary("subject");

/** Inputs, by the places that they come to stand in. */
export const GIVEN = {
  ...{ who: canary("input"), element: canary("element"), header: canary("header") },
  ...{ address: canary("address"), stdout: canary("stdout"), stderr: canary("stderr") },
  ...{ raised: canary("raised"), large: canary("large"), path: canary("path") },
};

export const SAID = {
  ...{ content: canary("content"), answer: canary("answer"), refusal: canary("refusal") },
  ...{ signal: canary("signal"), edit: canary("edit"), comment: canary("comment"), id: canary("id") },
  ...{ reason: canary("reason"), cancelled: canary("cancelled"), set: canary("set") },
};

export const CANARIES = [WHO, ...Object.values(GIVEN), ...Object.values(SAID)];

export const configuration = `log_level: debug
outbound: {allow: {hosts: ["127.0.0.1"]}}
webhooks: {retry_schedule: [0.1], allow: {hosts: ["127.0.0.1"]}}
retention: {workflows: {Left: {max_age: 1ms}}}
`;

const SCRIPT = `console.log(context.out); console.error(context.err);
if (context.raised) throw new Error(context.raised);
result = [context.large.repeat(5000), files.text(context.file)];`;
const CONTEXT = `{out: "\${inputs.stdout}", err: "\${inputs.stderr}", large: "\${inputs.large}", file: "\${inputs.path}"}`;

/** \`url\` answers, and refuses \`/refused\`. */
export const aboutSomebody = (url: string): string => `name: About somebody
inputs:
${Object.keys(GIVEN)
  .map((name) => `  ${name}: {type: string}\n`)
  .join("")}
tasks:
  - {id: greet, method: echo/echo, params: {message: "to \${inputs.who}"}}
  - {id: each, method: echo/echo, for_each: ["\${inputs.element}", "b"], params: {message: "\${item}"}}
  - {id: call, method: http/request, params: {url: "${url}/\${inputs.address}", headers: {x-about: "\${inputs.header}"}}}
  - {id: refused, method: http/request, params: {url: "${url}/refused"}, on_failure: continue, retry: {max_attempts: 1}}
  - {id: script, method: javascript/execute, params: {code: &code ${JSON.stringify(SCRIPT)}, context: ${CONTEXT}}}
  - id: raised
    method: javascript/execute
    params: {code: *code, context: {raised: "\${inputs.raised}"}}
    on_failure: continue
    retry: {max_attempts: 1}
  - {id: paid, wait: {signal: paid}}
  - {id: ask, approval: {message: "Does \${inputs.who} pay?"}, dependencies: [paid]}
  - {id: told, workflow: small.yaml, inputs: {who: "\${ask.edit}"}}
outputs: {said: "\${greet}", large: "\${script.result}"}
`;

export const small = (name: string, more = ""): string => `name: ${name}
inputs: {who: {type: string}}
tasks:
  - {id: greet, method: echo/echo, params: {message: "to \${inputs.who}"}}
${more}outputs: {said: "\${greet}"}
`;
