// Recorded results as they are kept: under their keys, in the order of their instants.
import { millisOf } from "../domain/index.ts";
import { keptModel } from "./kept-model.ts";
import { type RecordedResult, type RecordedResults, recordedResults } from "./recorded-results.ts";
import { rowCodec } from "./row-codec.ts";

export const recordedResultCodec = rowCodec<RecordedResult>();

export const keptRecordedResults = keptModel<RecordedResults, RecordedResult>({
  name: "recorded-results",
  version: 1,
  projection: recordedResults,
  rowsOf: ({ rows }) => rows,
  codec: recordedResultCodec,
  entries: ({ tenant, key, at }) => [{ label: recordedLabel(tenant, key), at: BigInt(millisOf(at)) }],
});

export const recordedLabel = (tenant: string, key: string): string => `recorded\n${tenant}\n${key}`;
