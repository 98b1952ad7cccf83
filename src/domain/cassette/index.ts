// What is in a cassette, and which recorded call is nearest to one that is not.

export {
  callWithoutRun,
  contentText,
  recordingName,
  recordingPlace,
  recordingStem,
  withoutRun,
  withRun,
} from "./content.ts";
export { differencesText, type Near, nearest } from "./nearest.ts";
export {
  CassetteAnswer,
  type CassetteCall,
  type ReadRecording,
  type Recording,
  readRecording,
  recordingText,
} from "./recording.ts";
