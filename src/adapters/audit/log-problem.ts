// What is wrong with a log, each thing with its place and its kind.
import type { Finding } from "./verifier/finding.ts";

export type LogFinding = {
  readonly kind: Finding["kind"] | "altered tile" | "missing tile" | "altered checkpoint" | "altered archive";
  readonly message: string;
  readonly position?: string;
  readonly stream?: string;
  readonly revision?: number;
  readonly leafIndex?: number;
};

export type Report = (finding: LogFinding) => void;
