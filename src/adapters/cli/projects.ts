// What `init` writes: small projects that run as they are, one for each kind of work.
import type { Json } from "../../domain/index.ts";

export const PROJECT_TYPES = ["python", "llm", "mcp", "mixed", "approval"] as const;
export type ProjectType = (typeof PROJECT_TYPES)[number];

/** The path of each file in the project, and what stands in it. */
export type Project = Readonly<Record<string, string>>;

export const DOCUMENT = "workflow.yaml";

/** Any name is safe as a JSON text, which YAML reads as well. */
const quoted = (text: Json): string => JSON.stringify(text);

export function projectOf(type: ProjectType, name: string): Project {
  switch (type) {
    case "python":
      return { [DOCUMENT]: python(name), "scripts/count.py": COUNT, "texts/tides.txt": TIDES };
    case "mcp":
      return { [DOCUMENT]: mcp(name) };
    case "mixed":
      return { [DOCUMENT]: mixed(name), "scripts/count.py": COUNT, "texts/tides.txt": TIDES };
    case "llm":
      return { [DOCUMENT]: llm(name) };
    case "approval":
      return { [DOCUMENT]: approval(name) };
  }
}

const COUNT = `# \`context\` is what the task hands in; \`result\` is what it gives back.
with open(context["file_path"], encoding="utf-8") as text:
    words = text.read().split()

result = {"words": len(words), "longest": max(words, key=len)}
`;

const TIDES = "The tide comes in twice a day and goes out as often.\n";

const python = (name: string): string => `# gleitzeit run workflow.yaml
name: ${quoted(name)}
description: Counts the words of a text, and says so.

inputs:
  text: {type: string, default: texts/tides.txt, description: the text to read}

# What scripts may open besides what their tasks name.
files: ["texts/*.txt"]

tasks:
  - id: count
    method: python/execute
    params:
      file: scripts/count.py
      context: {file_path: "\${inputs.text}"}

  - id: report
    method: python/execute
    params:
      context: {count: "\${count}"}
      code: |
        result = f"{context['count']['words']} words, the longest is {context['count']['longest']}"

outputs:
  report: \${report}
`;

const mcp = (name: string): string => `# gleitzeit run workflow.yaml
name: ${quoted(name)}
description: Calls tools of the MCP server that is built in.

inputs:
  seats: {type: integer, default: 60}
  standing: {type: integer, default: 40}

tasks:
  - id: places
    method: mcp/tool.add
    params: {a: "\${inputs.seats}", b: "\${inputs.standing}"}

  - id: income
    method: mcp/tool.multiply
    params: {a: "\${places.result}", b: 3}

  - id: sentence
    method: mcp/tool.concat
    params: {strings: ["\${places.result} places bring in", "\${income.result}"]}

outputs:
  sentence: \${sentence.result}
`;

const mixed = (name: string): string => `# gleitzeit run workflow.yaml
name: ${quoted(name)}
description: A script and tools together; what does not depend on each other runs at the same time.

files: ["texts/*.txt"]

tasks:
  - id: count
    method: python/execute
    params: {file: scripts/count.py, context: {file_path: texts/tides.txt}}

  - id: greeting
    method: echo/echo
    params: {message: This text}

  - id: double
    method: mcp/tool.multiply
    params: {a: "\${count.result.words}", b: 2}

  - id: sentence
    method: mcp/tool.concat
    params: {strings: ["\${greeting}", "read twice has", "\${double.result}", "words"]}

outputs:
  sentence: \${sentence.result}
`;

const llm = (
  name: string,
): string => `# GLEITZEIT_OLLAMA_URL=http://127.0.0.1:11434 gleitzeit run workflow.yaml --input model=llama3.2
# or with a provider of the configuration: \`gleitzeit providers list\` shows what is there.
name: ${quoted(name)}
description: Asks a model, then asks it about its own answer.

inputs:
  topic: {type: string, default: tides}
  model: {type: string, default: llama3.2, description: which model is asked}

tasks:
  - id: explain
    method: llm/chat
    params: {model: "\${inputs.model}", prompt: "Explain \${inputs.topic} in three sentences."}

  - id: shorten
    method: llm/chat
    params: {model: "\${inputs.model}", prompt: "Say it in one sentence: \${explain.response}"}

outputs:
  answer: \${shorten.response}
`;

const approval = (
  name: string,
): string => `# gleitzeit run workflow.yaml, and elsewhere: gleitzeit approve RUN release
name: ${quoted(name)}
description: Prepares something, waits for a person, and goes on.

tasks:
  - id: prepare
    method: echo/echo
    params: {message: ready to be released}

  - id: release
    dependencies: [prepare]
    approval: {message: "Is it right: \${prepare}?", min: 1}

  - id: publish
    dependencies: [release]
    method: echo/echo
    params: {message: released}

outputs:
  said: \${publish}
`;
