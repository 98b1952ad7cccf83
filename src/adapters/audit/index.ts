// The audit log: the tree of leaves, what is signed of it, what is proven with it, and the archives that runs leave for.

export { archivesIn } from "./archive-files.ts";
export { archiveReading } from "./archive-reading.ts";
export { archives } from "./archives.ts";
export {
  type AuditingParts,
  checkpointOfAll,
  exportBundle,
  proof,
  recordedExport,
  trailOf,
  vkeysIn,
} from "./auditing.ts";
export { type Auditor, type AuditorParts, auditor } from "./auditor.ts";
export { witnessKeyOf } from "./cosignature.ts";
export { cosigning } from "./cosigning.ts";
export { givenKeys } from "./given-keys.ts";
export { type GrowFrom, type Grown, type Growth, growthHere } from "./growth.ts";
export { keepCosigning } from "./keep-cosigning.ts";
export { keepSigning } from "./keep-signing.ts";
export { keptNotes, memoryNotes } from "./kept-notes.ts";
export { keyFiles, memoryKeyRing } from "./key-ring.ts";
export { acceptRollback } from "./rollback.ts";
export { rotateKey } from "./rotate.ts";
export { shown, shownCosigned, shownHead, shownRollback, shownWitnessed, verifyGiven } from "./shown.ts";
export { memoryTiles, tileFiles } from "./tile-store.ts";
export { verifyWhole } from "./verify-whole.ts";
