// A configuration file with the keys of today: comments, order and everything else stay as they are.
import { isMap, LineCounter, parseDocument } from "yaml";
import { GleitzeitError, type Problem } from "../../domain/index.ts";
import { type OldKey, withoutOldKeys } from "./old-keys.ts";
import { candidates, checkedFile, type Places, textOfFirst } from "./settings.ts";

type MigratedFile = {
  readonly file: string;
  readonly before: string;
  /** Of the whole file, as it is to be written. */
  readonly after: string;
  readonly findings: readonly (Omit<OldKey, "offset"> & Required<Pick<Problem, "line" | "column">>)[];
  /** What would still be wrong with it, where it stands in the file as it is. */
  readonly problems: readonly Problem[];
};

/** The file that is named, else the one in force. */
export async function migrated(places: Places, named?: string): Promise<MigratedFile> {
  const files = named === undefined ? candidates(places).files : [named];
  const found = await textOfFirst(files);
  if (!found) throw new GleitzeitError("CONFIGURATION_ERROR", `there is no file ${files.join(" or ")}`);
  const { file, text: before } = found;
  const lines = new LineCounter();
  const document = parseDocument(before, { merge: false, lineCounter: lines });
  const was = checkedFile(file, before).problems;
  if (document.errors.length > 0 || !isMap(document.contents))
    return { file, before, after: before, findings: [], problems: was };
  const old = withoutOldKeys(document.contents);
  const flowCollectionPadding = /\{ /.test(before);
  const after = old.length === 0 ? before : document.toString({ lineWidth: 0, flowCollectionPadding });
  const problems = checkedFile(file, after).problems.map(
    (problem) =>
      was.find(({ path, message }) => path === problem.path && message === problem.message) ?? problem,
  );
  const findings = old.map(({ offset, ...finding }) => {
    const { line, col: column } = lines.linePos(offset);
    return { ...finding, line, column };
  });
  return { file, before, after, findings: findings.toSorted((a, b) => a.line - b.line), problems };
}
