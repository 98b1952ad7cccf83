// The copies of models in a file: which there are, and how far each has folded the log.
import type { Position } from "../../../domain/index.ts";
import type { KeptModel } from "../../../projections/index.ts";
import type { Row } from "../driver.ts";
import type { Tables } from "./tables.ts";

export type Place = Position | "start";

export type Copy = {
  readonly id: number;
  readonly model: string;
  readonly version: number;
  readonly state: "live" | "building" | "gone";
  readonly position: Place;
  /** The last event folded: the first one after `after`. */
  readonly anchor: { readonly after: Place; readonly id: string } | undefined;
  /** Epoch milliseconds of the last change. */
  readonly touched: number;
};

export const copiesIn = ({ copies }: Tables): readonly Copy[] => copies.all().map(copyOf);

function copyOf([copy, model, version, state, position, after, id, touched]: Row): Copy {
  return {
    id: Number(copy),
    model: String(model),
    version: Number(version),
    state: state === "live" || state === "building" ? state : "gone",
    position: placeOf(String(position)),
    anchor: typeof after === "string" && typeof id === "string" ? { after: placeOf(after), id } : undefined,
    touched: Number(touched),
  };
}

const placeOf = (text: string): Place => (text === "start" ? "start" : BigInt(text));

export const isBefore = (a: Place, b: Place): boolean => b !== "start" && (a === "start" || a < b);

/** A model with the copy of it that is meant. */
export type Kept = { readonly model: KeptModel; readonly copy: Copy };

export function liveOf(tables: Tables, models: readonly KeptModel[]): readonly Kept[] {
  const copies = copiesIn(tables);
  return models.map((model) => {
    const copy = copies.find(({ state, model: name }) => state === "live" && name === model.name);
    if (copy?.version === model.version) return { model, copy };
    throw new ReplacedError(`another version put its own copy of ${model.name} in use`);
  });
}

/** What was kept is not what it was: it has to be looked at anew. */
export class ReplacedError extends Error {
  override readonly name = "ReplacedError";
}
