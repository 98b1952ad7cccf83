// What each key of a document is for, in a sentence: shown by editors, and complete by its type.
import type { z } from "zod";
import type {
  Batch,
  Cache,
  Compensation,
  Defaults,
  Definition,
  Fallback,
  InputDeclaration,
  Retry,
  TaskDefinition,
} from "./document.ts";
import type { ALIASES } from "./keys.ts";
import type { Approval, Wait } from "./wait-document.ts";

type TextsOf<S extends z.ZodObject> = Readonly<Record<keyof S["shape"], string>>;

export const DOCUMENT_TEXTS: TextsOf<typeof Definition> = {
  name: "What the workflow is called.",
  id: "Identity of the definition, the same for all its runs; made from the name when left out.",
  description: "What it does, for people.",
  version: "Your own name for this state of the document; recorded with each run.",
  inputs: "What a run is given: name → declaration. Anything else is refused before the run starts.",
  tasks: "What is done. A task starts as soon as the tasks it depends on or refers to are done.",
  outputs:
    "What the run gives: values with `${…}`. The results of the tasks nothing depends on when left out.",
  timeout: 'Of the whole run: seconds, or a text such as "5m".',
  deadline:
    "The run fails when it is not over by then: 2026-03-01T12:00:00Z, or without an offset beside `timezone`.",
  subject:
    "Whose personal data a run holds, as in `${inputs.customer}`: it is sealed with a key of that person's own, and `gleitzeit erase` destroys the key.",
  timezone: "Of instants that are written without an offset: Europe/Berlin.",
  max_parallel_tasks: "Tasks of a run under way at once.",
  fail_fast: "The first final failure cancels the rest. False when left out.",
  priority: "Runs of a higher one get free places first; 1 is high, 2 normal, 3 low. Normal when left out.",
  defaults: "For every task that says nothing itself.",
  metadata: "Your own data, stored with the run.",
  tags: "Words by which runs are found: `gleitzeit list --tag`.",
  files: "Globs: what scripts may open besides what their params name.",
  type: "`batch`: the template is run once for each file.",
  batch: "Which files a batch is about.",
  template: "The task that a batch does for each file.",
  protocol: "Of a batch: the protocol of its template.",
  wait_for_completion: "Accepted from older documents; runs are always waited for.",
  providers: "Providers that must be there, or the document is refused.",
};

export const TASK_TEXTS: TextsOf<typeof TaskDefinition> = {
  id: "Unique in the document; made from the name when left out.",
  name: "For people; dependencies and references may use it too.",
  method: "What is called: `python/execute`, `mcp/tool.add`. `gleitzeit providers methods` lists them.",
  workflow: "A run of another document: its path, or the name of a registered workflow.",
  inputs: "Of the workflow that is called.",
  wait: "Waits for a time, an instant or a signal.",
  approval: "Waits until people have decided.",
  protocol: "What the method belongs to: the text before its `/`, with `/v1`, when left out.",
  params: "What the method is given; `${task.path}` stands for results, `${inputs.x}` for inputs.",
  dependencies: "Ids or names of tasks that must be done first. What it refers to need not be named.",
  priority: "Before other tasks, or after them; the run's when left out.",
  timeout: 'Of one attempt: seconds, or a text such as "5m". 300 seconds when left out.',
  metadata: "Your own data, stored with the task.",
  retry: "When and how often a failed attempt is repeated.",
  when: "A CEL condition over `inputs` and `tasks`: where it does not hold, the task is skipped.",
  fallback: "What is called instead after the final failure, in order.",
  cache: "A result that was recorded for the same call may be taken instead of calling again.",
  compensate: "What undoes it, should the run fail or be cancelled after it succeeded.",
  on_failure:
    "What a final failure means: the run fails, goes on without it, or is paused. `fail` when left out.",
  on_worker_lost: "What happens when the process that ran it dies. `retry` when left out.",
  provider: "Which of the providers of its protocol.",
  model: "The model that is asked: the same as `model` in `params`.",
  affinity: "Calls that say the same go to the same instance of their provider while it can take them.",
  hash_key: "Calls with the same key always go to the same instance of their provider, and wait for it.",
  for_each:
    "Once for each element of a list, with `${item}` and `${index}`; the result is the list of results.",
  max_parallel: "With `for_each`: elements under way at once.",
  fail_fast: "With `for_each`: the first failed element stops the others.",
};

export const ALIAS_TEXTS: Readonly<Record<(typeof ALIASES)[keyof typeof ALIASES], string>> = {
  parameters: "The older name of `params`.",
  depends_on: "Another name of `dependencies`.",
};

export const INPUT_TEXTS: TextsOf<typeof InputDeclaration> = {
  type: "What is taken.",
  required: "Whether a run must be given it. True when left out.",
  default: "Taken where nothing is given.",
  enum: "The only values that are taken.",
  description: "What it is for, for people.",
  secret: "What is given is the name of a secret; only calls are told its value.",
};

export const RETRY_TEXTS: TextsOf<typeof Retry> = {
  max_attempts: "Attempts altogether. 3 when left out.",
  backoff: "How the delay grows: not, by the base, or doubling. `exponential` when left out.",
  base_delay: "Before the second attempt. One second when left out.",
  max_delay: "No delay is longer. 300 seconds when left out.",
  jitter: "Adds 10 to 30 % by chance, so that not all come back at once. True when left out.",
  on: "Error codes that are retried besides those that always are.",
  never: "Error codes that are never retried.",
};

export const FALLBACK_TEXTS: TextsOf<typeof Fallback> = {
  method: "What is called; the task's own method when left out.",
  params: "What it is given; the task's own params when left out.",
  provider: "Who is called.",
};

export const CACHE_TEXTS: TextsOf<typeof Cache> = {
  key: "Tells calls apart that have the same params.",
  ttl: "How old the recorded result may be. Without it age does not matter.",
};

export const COMPENSATION_TEXTS: TextsOf<typeof Compensation> = {
  method: "What is called.",
  params: "What it is given; `${task.path}` may stand for the result of the task itself.",
  provider: "Who is called.",
};

export const DEFAULTS_TEXTS: TextsOf<typeof Defaults> = {
  timeout: "Of one attempt.",
  retry: "When and how often a failed attempt is repeated.",
  provider: "Which of the providers of its protocol.",
};

export const WAIT_TEXTS: TextsOf<typeof Wait> = {
  signal: "The name of the signal that ends the wait; its payload is the result.",
  timeout: "With `signal`: how long at most.",
  for: 'How long: seconds, or a text such as "10m".',
  until: "An instant: 2026-03-01T12:00:00Z.",
  timezone: "With `until`: of an instant without an offset, such as Europe/Berlin.",
};

export const APPROVAL_TEXTS: TextsOf<typeof Approval> = {
  message: "What is asked.",
  approvers: "Who may decide; everybody when left out.",
  min: "How many have to approve. One when left out.",
  not_by: "Who may not: `submitter`, or names.",
  timeout: "How long it waits for a decision.",
  on_timeout: "What no decision means. `fail` when left out.",
};

export const BATCH_TEXTS: TextsOf<typeof Batch> = {
  directory: "A folder, from the document's own, else from the working directory.",
  pattern: "Which of its files: a glob, `**` looks into folders. `*` when left out.",
  files: "The files themselves, instead of a directory and a pattern.",
  max_file_size: "Bytes; a larger file is refused.",
  max_parallel: "Files under way at once.",
};
