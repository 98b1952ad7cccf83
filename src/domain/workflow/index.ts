// Documents: what they may say, what is wrong with them, and the graph that they compile to.

export { agentOf, isAgent } from "./agent.ts";
export {
  AgentBudgets,
  type AgentCalled,
  AgentParams,
  AgentPlan,
  AgentResult,
  chatParams,
} from "./agent-params.ts";
export {
  type Call,
  type CallPlace,
  callProblems,
  callsIn,
  isFileName,
  MOST_NESTED,
  runParamProblems,
} from "./calls.ts";
export { MOST_ELEMENTS } from "./check-task.ts";
export { type Ambient, compile } from "./compile.ts";
export { asksElements, conditionHolds } from "./conditions.ts";
export { deadlineOf } from "./deadline.ts";
export { normalise, readDefinition } from "./definition.ts";
export { type Batch, Definition, type InputDeclaration, isBatch, type TaskDefinition } from "./document.ts";
export { documentSchemas } from "./document-schema.ts";
export { parseDuration } from "./duration.ts";
export type { Evaluated, Expressions } from "./expressions.ts";
export type {
  AgentTool,
  ApprovalNode,
  Condition,
  Graph,
  RetryPolicy,
  Steer,
  TaskNode,
  WaitNode,
} from "./graph.ts";
export { type Heads, headsOf } from "./heads.ts";
export { type CheckedInputs, checkInputs, type Declarations, inputsFromText } from "./inputs.ts";
export type { Each, Scope, TaskValue } from "./look-up.ts";
export { namedSecrets } from "./named-secrets.ts";
export { changesIn } from "./old-dialect.ts";
export { isOpenPlace } from "./open-place.ts";
export { DEFAULT_TIMEOUT_MS, priorityOf } from "./policy.ts";
export type { MethodCatalog, PathProblem, Surroundings } from "./problems.ts";
export { pythonTasks } from "./python-tasks.ts";
export { hasTemplates, literally } from "./references.ts";
export { type Resolved, resolve } from "./resolve.ts";
export { hasOneSource, ONE_SOURCE, ScriptCheck, ScriptExecution, ScriptSource } from "./script-params.ts";
export {
  isSecretName,
  SecretPlace,
  secretText,
  withSecrets,
} from "./secret-places.ts";
export { slug, workflowIdOf } from "./slug.ts";
export { subjectOf } from "./subject.ts";
export { didYouMean } from "./suggest.ts";
export { AGENT, QUESTION, SUB_WORKFLOW, TURN, targetOf } from "./target.ts";
export { hasConditions } from "./task-views.ts";
export { type Validated, validate } from "./validate.ts";
export { LONGEST_WAIT_MS } from "./wait-document.ts";
export { type WrittenInstant, writtenInstant, type Zones } from "./written-instant.ts";
