// Workflow documents as people write them: read, judged with lines and columns, and those of the Python original imported.

export { childPath, childProblems, childProblemsOf } from "./child-documents.ts";
export { givenDefinition } from "./given-definition.ts";
export { type ImportedDocument, importDocument } from "./import-document.ts";
export {
  type DocumentOptions,
  type LoadedDocument,
  loadDocument,
  parseDocument,
  type ReadDocument,
  validDefinition,
} from "./load-document.ts";
export type { Format } from "./source.ts";
