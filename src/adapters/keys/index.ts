// Keys on this machine, apart from every store: of tenants, of persons, and what was destroyed of them.

export { copyKeys } from "./copy-keys.ts";
export { erasedNames, erasureList } from "./erasure-list.ts";
export { keyEncryption } from "./key-encryption.ts";
export type { LineFile } from "./line-list.ts";
export { memorySubjectKeys } from "./memory-subject-keys.ts";
export { type Names, namesIn } from "./names.ts";
export { subjectKeys } from "./subject-keys.ts";
export { fileKeys, type KeyFolder, keyBeside, memoryKeys } from "./tenant-keys.ts";
