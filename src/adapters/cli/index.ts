// Nothing here loads the domain, the engine or a library other than the parser: starting up is most of what `--help` costs.
export { cli, type Surroundings } from "./cli.ts";
export type {
  Answers,
  Auditing,
  CheckedFile,
  CheckTarget,
  Checkup,
  Configuration,
  ConfigurationFiles,
  DiscoveredServer,
  DrainRequest,
  Driving,
  Exporting,
  Globals,
  Parts,
  Reading,
  StoreKeeping,
  VerifyBundle,
} from "./parts.ts";
export type { RetentionAccess } from "./retention-access.ts";
export type { Channel, Terminal } from "./terminal.ts";
export type { WebhookAccess } from "./webhook-access.ts";
