// Where a Python script may run, and what is said where it may not.
import { z } from "zod";
import { didYouMean } from "../../../domain/index.ts";

export const MODES = ["wasm", "docker", "process"] as const;
export type Mode = (typeof MODES)[number];

export const REMEDIES: Readonly<Record<Mode, string>> = {
  wasm: "it is always there",
  docker:
    'no provider of type docker is declared: add `docker: {type: docker, image: "python:3.12-slim"}` under `providers` in the configuration (docs/providers/containers.md)',
  process:
    "it would run with this machine's own python3 and all that its user may do; the configuration allows it with `execution.python.allow_process: true`",
};

const isMode = (text: string): text is Mode => MODES.some((mode) => mode === text);

/** Refused where it is not there, never replaced by another. */
export const modeSchema = (available: readonly Mode[], usual: Mode) =>
  z
    .string()
    .superRefine((mode, context) => {
      const say = (message: string): void => context.addIssue({ code: "custom", message });
      if (!isMode(mode)) say(`\`${mode}\` is none of ${MODES.join(", ")}${didYouMean(mode, MODES)}`);
      else if (!available.includes(mode)) say(`\`${mode}\` is not available here: ${REMEDIES[mode]}`);
    })
    .describe(`where it runs: ${MODES.join(", ")}`)
    .default(usual);
