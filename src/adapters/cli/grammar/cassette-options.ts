// --record and --play, of every command that calls providers.
import type { Command as Commander } from "commander";

export const withCassette = (command: Commander): Commander =>
  command
    .option("--record <folder>", "record each call of a provider there, for --play")
    .option("--play <folder>", "answer each call from that folder; no provider is called");
