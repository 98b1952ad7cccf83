// What the contract needs to know of a provider.
import type { ErrorCode, Json } from "../../../src/domain/index.ts";
import type { Call, Provider } from "../../../src/engine/ports/index.ts";

export type Opened = {
  readonly provider: Provider;
  /** What the test of this provider set up beside it. */
  readonly remove?: () => Promise<void>;
};

export type Slow = {
  readonly call: Call;
  /** Resolves when the work has begun. */
  readonly begun: () => Promise<void>;
  /** Resolves when nothing of the work is left; never, if it goes on. */
  readonly gone: () => Promise<void>;
};

export type Samples<O extends Opened = Opened> = {
  /** Calls and what their results contain; at least one. */
  readonly works: readonly { readonly call: Call; readonly result: object }[];
  readonly fails: readonly { readonly call: Call; readonly code: ErrorCode; readonly message: RegExp }[];
  /** `path` as it stands in the message: `params.strings[1]`. */
  readonly badParams: readonly { readonly call: Call; readonly path: string }[];
  /** A name that is no method; absent where any name will do. */
  readonly unknown?: { readonly call: Call; readonly suggests: string };
  /** A call through which a text comes back, and where. */
  readonly carries: { readonly call: (text: string) => Call; readonly read: (result: Json) => unknown };
  /** A call that does not end by itself; absent where there is none. */
  readonly slow?: (opened: O) => Slow;
  /** A call with an output of megabytes: it comes whole, or fails with this code. */
  readonly huge?:
    | { readonly call: Call; readonly bytes: number }
    | { readonly call: Call; readonly code: ErrorCode };
  /** Files that the calls and the methods' own examples name. */
  readonly files?: Readonly<Record<string, string>>;
};
