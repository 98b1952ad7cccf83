// Signals: which a run takes, and what it keeps of them.
import { describe, expect, test } from "vitest";
import type { RunCommand } from "../../../src/domain/index.ts";
import { given } from "./given.ts";
import { graphOf } from "./graph-of.ts";

const graph = graphOf({ call: { wait: { kind: "signal", signal: "go" } } });

describe("a signal that no task waits for", () => {
  const names = Array.from({ length: 22 }, (_, i) => `s${i}`);

  test("is refused with those that there are, twenty at most", () => {
    const send: RunCommand = { type: "SendSignal", name: "gone" };
    given(graph).when(send).rejected("SignalUnknown", "no task waits for a signal `gone`: it waits for `go`");
    given(graphOf({ a: {} }))
      .when(send)
      .rejected("SignalUnknown", "no task waits for a signal `gone`: none of its tasks waits for a signal");
    const many = names
      .slice(0, 20)
      .map((name) => `\`${name}\``)
      .join(", ");
    given(graphOf({ a: {} }, { signals: new Set(names) }))
      .when(send)
      .rejected("SignalUnknown", `no task waits for a signal \`gone\`: it waits for ${many}`);
  });

  test("is kept with what it brings, and with its reason", () => {
    const send = { type: "SendSignal", name: "go" } as const;
    expect(given(graph).when(send).accepted()).toEqual([{ type: "SignalReceived", data: { name: "go" } }]);
    expect(
      given(graph)
        .when({ ...send, payload: 7, reason: "now" })
        .accepted(),
    ).toEqual([{ type: "SignalReceived", data: { name: "go", values: { payload: 7, reason: "now" } } }]);
    given(graph, { type: "RunCancelRequested", data: {} })
      .when(send)
      .rejected("RunCancelling", "the run is being cancelled");
  });
});
