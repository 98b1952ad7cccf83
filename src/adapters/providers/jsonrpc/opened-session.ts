import { addressSession } from "./address-session.ts";
import { programSession } from "./program-session.ts";
import type { RpcSession, SessionOptions, Way } from "./session.ts";

export const openedSession = async (way: Way, options: SessionOptions): Promise<RpcSession> =>
  way.kind === "program" ? programSession(way, options) : addressSession(way, options);
