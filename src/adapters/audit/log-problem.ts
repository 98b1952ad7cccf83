// What is wrong with a log, each thing with its place and its kind.

export type LogFinding = {
  readonly kind:
    | "altered event"
    | "missing event"
    | "extra event"
    | "wrong order"
    | "altered blob"
    | "missing blob"
    | "altered tile"
    | "missing tile"
    | "altered checkpoint"
    | "bad signature"
    | "unknown key"
    | "not consistent";
  readonly message: string;
  readonly position?: string;
  readonly stream?: string;
  readonly revision?: number;
  readonly leafIndex?: number;
};

export type Report = (finding: LogFinding) => void;
