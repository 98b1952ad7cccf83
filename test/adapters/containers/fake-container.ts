// A container of the scripted daemon: nothing runs in it but what a test plays.
import type { Duplex } from "node:stream";
import { isObject, type JsonObject } from "../../../src/domain/index.ts";

export type FakeContainer = {
  readonly name: string;
  readonly spec: JsonObject;
  stdin: string;
  isRunning: boolean;
  /** Writes as the program would. */
  readonly print: (text: string | Uint8Array, stream?: 1 | 2) => void;
  /** Sends bytes as they are, in no stream. */
  readonly garble: (bytes: Uint8Array) => void;
  readonly exit: (code: number, outOfMemory?: boolean) => void;
};

const HIDDEN = { MaskedPaths: ["/proc/kcore", "/sys/firmware"], ReadonlyPaths: ["/proc/sys", "/proc/bus"] };

export type Inside = {
  readonly ended: Promise<void>;
  readonly attachedTo: (socket: Duplex, head: Buffer) => void;
  readonly inspected: (made: (inspected: JsonObject) => JsonObject) => JsonObject;
};

export function fakeContainer(name: string, spec: JsonObject): FakeContainer & Inside {
  let socket: Duplex | undefined;
  let state = { Running: false, ExitCode: 0, OOMKilled: false };
  let end = (): void => undefined;
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  const container: FakeContainer & Inside = {
    name,
    spec,
    stdin: "",
    isRunning: false,
    ended,
    print: (text, stream = 1) => {
      const bytes = Buffer.from(text);
      const header = Buffer.alloc(8);
      header.writeUInt8(stream);
      header.writeUInt32BE(bytes.length, 4);
      socket?.write(Buffer.concat([header, bytes]));
    },
    garble: (bytes) => void socket?.write(bytes),
    exit: (ExitCode, OOMKilled = false) => {
      if (container.isRunning) state = { Running: false, ExitCode, OOMKilled };
      container.isRunning = false;
      socket?.end();
      end();
    },
    attachedTo: (given, head) => {
      socket = given;
      container.stdin += head.toString();
      given.on("data", (bytes: Buffer) => {
        container.stdin += bytes.toString();
      });
      given.on("error", () => given.destroy());
    },
    inspected: (made) => {
      const { HostConfig = {}, Image = "" } = spec;
      const host = isObject(HostConfig) ? { ...HIDDEN, ...HostConfig } : {};
      return made({
        Config: spec,
        HostConfig: host,
        Mounts: [],
        Image,
        State: { ...state, Running: container.isRunning },
      });
    },
  };
  return container;
}
