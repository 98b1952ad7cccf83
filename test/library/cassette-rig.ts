// A provider whose calls are counted, and documents that call it; cassettes of them.
import { z } from "zod";
import { defineProvider, GleitzeitError, type JsonObject, type Provider } from "../../src/index.ts";
import type { Rig } from "./rig.ts";

/** Answers with how often it was called, and fails where it is asked to. */
export function counter(): Provider & { readonly calls: JsonObject[] } {
  const calls: JsonObject[] = [];
  const provider = defineProvider({
    protocol: "count/v1",
    methods: {
      next: {
        description: "Counts its calls.",
        params: z.looseObject({ fail: z.int().default(0) }),
        execute: (params, context) => {
          calls.push(z.record(z.string(), z.json()).parse(params));
          context.emit({ kind: "text", text: `call ${calls.length}` });
          if (calls.length <= params.fail)
            throw new GleitzeitError("CONNECTION_LOST", `lost call ${calls.length}`);
          return { n: calls.length };
        },
      },
    },
  });
  return { ...provider, calls };
}

export const document = (tasks: readonly JsonObject[], more: JsonObject = {}) => ({
  name: "Counted",
  tasks,
  ...more,
});
export const next = (id: string, params: JsonObject = {}, more: JsonObject = {}) => ({
  id,
  method: "count/next",
  params,
  ...more,
});

export const cassettes = (here: () => Rig) => ({
  recorded: async (workflow: JsonObject, inputs: JsonObject = {}) => {
    const provider = counter();
    const gleitzeit = await here().open({ providers: [provider], record: "calls" });
    const run = await gleitzeit.run(workflow, { inputs });
    await gleitzeit.close();
    return { run, calls: provider.calls.length };
  },
  playing: async () => {
    const provider = counter();
    return { gleitzeit: await here().open({ providers: [provider], play: "calls" }), calls: provider.calls };
  },
});
