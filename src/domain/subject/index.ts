// Persons whose data runs hold: their keys, holds, and erasures.

export {
  ERASURE_EVENT_VERSION,
  ErasureEvent,
  readErasureEvent,
} from "./erasure-events.ts";
export {
  HOLD_EVENT_VERSION,
  HoldEvent,
  HoldTarget,
  readHoldEvent,
  tenantStream,
} from "./hold-events.ts";
export {
  readSubjectEvent,
  SUBJECT_EVENT_VERSION,
  type SubjectEvent,
  subjectOfStream,
  subjectStream,
  subjectStreams,
} from "./subject-events.ts";
