export { checkpointOfAll, exportBundle, proof, verifyWhole, vkeysIn } from "./auditing.ts";
export { type Auditor, auditor } from "./auditor.ts";
export { keptNotes, memoryNotes } from "./kept-notes.ts";
export { acceptRollback } from "./rollback.ts";
export { rotateKey } from "./rotate.ts";
export { shown, shownHead, shownRollback, verifyGiven } from "./shown.ts";
export { keyFiles, memoryKeyRing } from "./signing-key.ts";
export { memoryTiles, tileFiles } from "./tile-store.ts";
