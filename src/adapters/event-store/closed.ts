import { GleitzeitError } from "../../domain/index.ts";

export const storeClosed = (): GleitzeitError =>
  new GleitzeitError("PERSISTENCE_CONNECTION_FAILED", "the store is closed; open it again to go on");
