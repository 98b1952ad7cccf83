export { seal, unsealed } from "./seal.ts";
export { secretsInEnvironment, secretsInFiles, secretsInVault } from "./sources.ts";
export { type Vault, vault } from "./vault.ts";
