export { copyKeys } from "./copy-keys.ts";
export { type Names, namesIn } from "./names.ts";
export { fileKeys, type KeyFolder, keyBeside, memoryKeys } from "./tenant-keys.ts";
