// Tools in JavaScript: every function that a module exports under its own name. Its schema is what the module exports as
// `schemas.NAME`, else the comment in front of it.
import { isObject, type Json } from "../../../domain/index.ts";
import type { Captured } from "../../../engine/ports/index.ts";
import { type Found, type FoundTool, problemAt } from "./found-tool.ts";
import { readComment } from "./jsdoc.ts";

const EXPORTED =
  /^[ \t]*export\s+(?:(?:async\s+)?function\s*\*?\s*([A-Za-z_$][\w$]*)\s*\(|(?:const|let)\s+([A-Za-z_$][\w$]*)\s*=\s*(?:async\s*)?(?:function\b|\(|[A-Za-z_$][\w$]*\s*=>))/gm;
const COMMENT_BEFORE = /\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\s*$/;

/** `schemas`: what the module exports under that name. */
export function javascriptTools({ file, bytes }: Captured, schemas: Json): Found {
  const text = new TextDecoder().decode(bytes);
  const declared = isObject(schemas) ? schemas : {};
  const all = [...text.matchAll(EXPORTED)].map((match): FoundTool | string | undefined => {
    const name = match[1] ?? match[2] ?? "";
    if (name.startsWith("_")) return undefined;
    return toolOf(name, { path: file.path, text, at: match.index }, declared[name]);
  });
  const lines = [...text.matchAll(EXPORTED)].map(({ index }) => lineAt(text, index));
  return {
    tools: all.filter((one): one is FoundTool => typeof one === "object"),
    problems: all.flatMap((one, i) =>
      typeof one === "string" ? [problemAt(file.path, lines[i] ?? 1, one)] : [],
    ),
  };
}

type Place = { readonly path: string; readonly text: string; readonly at: number };

/** A tool, or what is wrong with it. */
function toolOf(name: string, { path, text, at }: Place, declared: Json | undefined): FoundTool | string {
  const line = lineAt(text, at);
  const comment = COMMENT_BEFORE.exec(text.slice(0, at))?.[1];
  if (declared !== undefined) {
    if (!isObject(declared)) return `schemas.${name} is no JSON schema`;
    const { description = "", ...parameters } = declared;
    const said = comment === undefined ? undefined : readComment(comment);
    const own = typeof description === "string" ? description : "";
    const words = own === "" && said?.ok ? said.documented.description : own;
    return { name, path, line, description: words, parameters: { type: "object", ...parameters } };
  }
  if (comment === undefined) {
    const isPlain = /^[^(]*\(\s*\)/.test(text.slice(at));
    if (!isPlain)
      return `\`${name}\` has no schema: write \`/** @param {string} x - what it is */\` in front of it, or export \`schemas = {${name}: {…}}\``;
    return { name, path, line, description: "", parameters: { type: "object", properties: {} }, order: [] };
  }
  const read = readComment(comment);
  return read.ok ? { name, path, line, ...read.documented } : `\`${name}\`: ${read.problem}`;
}

const lineAt = (text: string, at: number): number => {
  const begun = at + (/^\s*/.exec(text.slice(at))?.[0].length ?? 0);
  return text.slice(0, begun).split("\n").length;
};

/** JavaScript: what the module at this path exports as `schemas`. */
export const describeCode = (path: string): string =>
  `import * as tools from ${JSON.stringify(`./${path}`)};\nexport default tools.schemas ?? null;\n`;

/** JavaScript. `context`: name, order, arguments. */
export const callCode = (path: string): string =>
  `import * as tools from ${JSON.stringify(`./${path}`)};
const { name, order, arguments: given } = context;
export default (await tools[name](...(order ? order.map((key) => given[key]) : [given]))) ?? null;
`;
