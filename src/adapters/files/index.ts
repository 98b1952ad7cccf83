export { fileCapture } from "./file-capture.ts";
export { globMatches } from "./glob.ts";
export { listBatch } from "./list-batch.ts";
