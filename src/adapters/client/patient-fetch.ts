// A fetch for what a server may take long to do: retention, an erasure, an export. The global one gives up after five minutes
// without a word, and whoever asked would believe that it was not done. A machine that is gone is found by TCP's own probes.

/** Asked for often, or again where no answer comes. */
const isQuick = ({ method, url }: Request): boolean =>
  method === "GET" && !/^\/v1\/(?:admin|audit)\//.test(new URL(url).pathname);

export const patientFetch: typeof globalThis.fetch = async (input, init) => {
  const request = new Request(input, init);
  if (isQuick(request)) return globalThis.fetch(request);
  const { method, url, headers, signal } = request;
  const body = request.body === null ? null : await request.arrayBuffer();
  const { Agent, fetch } = await import("undici");
  const dispatcher = new Agent({ headersTimeout: 0, bodyTimeout: 0, pipelining: 0 }); // one answer, and the connection ends
  return fetch(url, { method, headers: [...headers], body, signal, dispatcher });
};
