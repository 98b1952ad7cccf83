// The layers between a script and the host, from the inside outwards, and what is open without each.

/** Every layer there is, with what its absence means. */
const OPEN_WITHOUT: Readonly<Record<string, string>> = {
  "permission-model": "a script that broke out could read and write your files and start programs",
  "no-code-generation": "a script that broke out could run text as JavaScript of the child",
  "memory-cap": "a script can take more memory than its limit",
  "no-environment": "a script that broke out could read environment variables",
  "network-namespace": "a script that broke out could open connections and look up names",
  "process-namespace": "a script that broke out could see other processes of yours and send them signals",
  "data-limit": "what a script that broke out takes of memory is not bounded by the system",
  "dies-with-parent": "a child whose Gleitzeit was killed ends only when it looks for it itself",
  "process-group": "a child could leave processes behind",
};

export type MissingLayer = { readonly layer: string; readonly means: string };

export const missingLayers = (active: readonly string[]): readonly MissingLayer[] =>
  Object.entries(OPEN_WITHOUT)
    .filter(([layer]) => !active.includes(layer))
    .map(([layer, means]) => ({ layer, means }));
