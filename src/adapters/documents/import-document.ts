// A document of the Python original: what of it is refused here, what behaves differently, what is written otherwise
// now; and its text with the words of today.
import { extname } from "node:path";
import { changesIn, pathText } from "../../domain/index.ts";
import type { Finding } from "./import-finding.ts";
import { scriptFindings } from "./import-scripts.ts";
import { type DocumentOptions, loadDocument } from "./load-document.ts";
import { type Edit, rewritten } from "./rewrite.ts";

export type ImportedDocument = {
  readonly path: string;
  readonly findings: readonly Finding[];
  /** With the words of today; absent where nothing changes. */
  readonly text?: string;
};

/** GleitzeitError for what cannot be read at all, as of any document. */
export async function importDocument(
  path: string,
  options: DocumentOptions,
  workingFolder: string,
): Promise<ImportedDocument> {
  const loaded = await loadDocument(path, options);
  const { raw, at, text, problems } = loaded;
  const refused = problems.map((problem): Finding => ({ kind: "refused", file: path, ...problem }));
  if (raw === undefined || at === undefined) return { path, findings: refused };
  const changes = changesIn(raw);
  const told = changes.map(
    (change): Finding => ({
      kind: change.kind,
      message: change.message,
      file: path,
      ...at(change),
      path: pathText(change.path),
    }),
  );
  const edits = changes.flatMap((change): Edit[] => {
    if (change.to === undefined) return [];
    const from = change.at === "key" ? String(change.path.at(-1)) : "[123]";
    return [{ place: at(change), from, to: change.to }];
  });
  const changed = rewritten(text, edits, extname(path).toLowerCase() === ".json");
  const inScripts = await scriptFindings(loaded, raw, workingFolder);
  const findings = [...refused, ...told, ...inScripts].toSorted((a, b) =>
    a.file === b.file ? (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0) : 0,
  );
  return { path, findings, ...(edits.length > 0 && changed !== undefined && { text: changed }) };
}
