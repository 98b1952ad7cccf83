// /docs: the OpenAPI document for people, as one page without scripts.
import { isObject } from "../../domain/index.ts";

export function docsPage(document: unknown): string {
  const paths = isObject(document) && isObject(document.paths) ? document.paths : {};
  const rows = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(isObject(methods) ? methods : {}).map(([method, operation]) =>
      row(path, method, operation),
    ),
  );
  return `<!doctype html>
<html lang="en"><meta charset="utf-8"><title>Gleitzeit: HTTP API</title>
<style>
body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; color: #222; background: #fff }
td, th { text-align: left; vertical-align: top; padding: .3rem .8rem .3rem 0 } code { font-size: .95em }
@media (prefers-color-scheme: dark) { body { color: #ddd; background: #161616 } a { color: #8cf } }
</style>
<h1>Gleitzeit: HTTP API</h1>
<p>Every route with its parameters, bodies and answers: <a href="/openapi.json">/openapi.json</a> (OpenAPI 3.1).</p>
<table><tr><th>Method</th><th>Path</th><th>What it does</th></tr>
${rows.join("\n")}
</table></html>
`;
}

function row(path: string, method: string, operation: unknown): string {
  const { summary } = isObject(operation) ? operation : {};
  return `<tr><td>${escaped(method.toUpperCase())}</td><td><code>${escaped(path)}</code></td><td>${escaped(typeof summary === "string" ? summary : "")}</td></tr>`;
}

const escaped = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
