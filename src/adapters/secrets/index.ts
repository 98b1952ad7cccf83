// Values that a call needs and nobody else sees: the vault, files, and how bytes are sealed.

export { seal, unsealed } from "./seal.ts";
export { secretsInEnvironment, secretsInFiles, secretsInVault } from "./sources.ts";
export { type Vault, vault } from "./vault.ts";
