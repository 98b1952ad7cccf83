// Workflows under their names.

export {
  readWorkflowEvent,
  WORKFLOW_EVENT_VERSION,
  WorkflowRegistered,
  workflowStream,
} from "./registered-events.ts";
