// Documents that come over the network. The files that came along stand for a moment in a folder of their own, so that they
// are read by the very same path as those on disk; nothing else of this machine can be named from there. Where none came,
// the folder has only a name.
import { randomUUID } from "node:crypto";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, normalize, sep } from "node:path";
import type { PostedDocument, PostedDocuments } from "../../adapters/http/index.ts";
import { GleitzeitError, isFileName, isObject } from "../../domain/index.ts";
import type { ProviderRegistry, Reading, RunRequestDocument } from "../../engine/index.ts";
import type { Base } from "../base.ts";
import type { Outsides } from "../secrets.ts";
import { type Documents, documentsOf } from "./documents.ts";

const UNNAMED = "workflow.yaml";
const MOST_PATH = 500;

type Given = {
  readonly base: Base;
  readonly registry: () => Promise<ProviderRegistry>;
  readonly reading: () => Promise<Reading>;
  readonly outsides: Pick<Outsides, "secrets" | "allowed">;
};

/** `path`: of the document; undefined when it is a value, which has no text. */
type Placed = {
  readonly documents: Documents;
  readonly path: string | undefined;
  readonly folder: string;
  /** Of the whole request. */
  readonly root: string;
};

export function postedDocuments({ base, registry, reading, outsides }: Given): PostedDocuments {
  const inFolder = (workingFolder: string, brought: ReadonlyMap<string, Uint8Array>): Documents =>
    documentsOf(
      { ...base, outside: { ...base.outside, workingFolder } },
      registry,
      reading,
      outsides,
      brought,
    );

  /** Files are there for as long as the work takes. */
  const placed = async <T>(posted: PostedDocument, work: (placed: Placed) => Promise<T>): Promise<T> => {
    const { workflow, file = UNNAMED, working = ".", files = [] } = posted;
    const start = join(tmpdir(), "gleitzeit-posted-");
    const folder = files.length > 0 ? await mkdtemp(start) : `${start}${randomUUID()}`;
    try {
      for (const { path, base64 } of files) await written(folder, path, Buffer.from(base64, "base64"));
      const place = join(folder, inside(file));
      const text = typeof workflow === "string" ? Buffer.from(workflow) : undefined;
      if (text && files.some(({ path }) => inside(path) === inside(file))) throw besideOthers(file);
      const brought = new Map(text && [[place, text]]);
      return await work({
        documents: inFolder(join(folder, inside(working)), brought),
        path: text && place,
        folder: dirname(place),
        root: folder,
      });
    } catch (error) {
      throw withoutFolder(error, folder);
    } finally {
      if (files.length > 0) await rm(folder, { recursive: true, force: true });
    }
  };

  const workflowIn = (posted: PostedDocument, { documents, path, folder }: Placed) =>
    path === undefined ? documents.workflowIn(posted.workflow, folder) : documents.workflow(path);

  return {
    workflow: (posted) => placed(posted, (where) => workflowIn(posted, where)),
    request: (posted, given) =>
      placed(posted, async (where) => {
        const workflow = await workflowIn(posted, where);
        return withoutFolders(await where.documents.request(workflow, given(workflow)));
      }),
    named: (name, given) =>
      placed({ workflow: "" }, async ({ documents, folder }) => {
        if (isFileName(name)) throw noFile(name);
        const workflow = await documents.workflowNamed(name);
        if (!workflow.registered) throw noFile(name);
        const request = await documents.request(workflow, given(workflow));
        return workflow.folder === folder ? withoutFolders(request) : request;
      }),
    check: (posted) =>
      placed(posted, async ({ documents, path, folder, root: whole }) => {
        if (path !== undefined) return (await documents.check(path)).map((one) => cleaned(one, whole));
        try {
          await documents.workflowIn(posted.workflow, folder);
          return [];
        } catch (error) {
          if (!(error instanceof GleitzeitError) || !error.problems) throw error;
          return error.problems.map((one) => cleaned(one, whole));
        }
      }),
    registration: (posted, reason) =>
      placed(posted, async ({ documents, path }) => {
        if (path === undefined)
          throw new GleitzeitError("INVALID_REQUEST", "a workflow is registered by its text");
        const { folders: _, workflows, ...rest } = await documents.registration(path, reason);
        return { ...rest, ...(workflows && { workflows: withoutPlaces(workflows) }) };
      }),
  };
}

async function written(folder: string, path: string, bytes: Uint8Array): Promise<void> {
  const place = join(folder, inside(path));
  await mkdir(dirname(place), { recursive: true });
  await writeFile(place, bytes, { flag: "wx", mode: 0o600 }).catch((error: unknown) => {
    throw besideOthers(path, error);
  });
}

const besideOthers = (path: string, cause?: unknown): GleitzeitError =>
  new GleitzeitError("INVALID_REQUEST", `the file ${JSON.stringify(path)} cannot stand beside the others`, {
    cause,
  });

/** Relative, with `/`, and it stays inside. */
function inside(path: string): string {
  const steps = path.split("/");
  const isOdd = path.includes("\0") || path.includes("\\") || path.startsWith("/") || path.length > MOST_PATH;
  if (!isOdd && !steps.includes("..") && path !== "") return normalize(path);
  throw new GleitzeitError(
    "INVALID_REQUEST",
    `${JSON.stringify(path.slice(0, MOST_PATH))} is no path inside the request: relative, with /, without ..`,
  );
}

const noFile = (name: string): GleitzeitError =>
  new GleitzeitError("WORKFLOW_NOT_FOUND", `no workflow is registered as \`${name}\``);

/** A folder that is gone by then is no place to look for files. */
function withoutFolders({ folders: _, workflows, ...request }: RunRequestDocument): RunRequestDocument {
  return { ...request, ...(workflows && { workflows: withoutPlaces(workflows) }) };
}

const withoutPlaces = (
  workflows: NonNullable<RunRequestDocument["workflows"]>,
): NonNullable<RunRequestDocument["workflows"]> => ({
  ...workflows,
  list: workflows.list.map(({ folders: _, ...rest }) => rest),
});

/** Whoever posted it knows nothing of our folder. */
function withoutFolder(error: unknown, folder: string): unknown {
  if (!(error instanceof GleitzeitError)) return error;
  const { code, message, details, problems } = error;
  return new GleitzeitError(code, plain(message, folder), {
    cause: error,
    ...(isObject(details) && { details }),
    ...(problems && { problems: problems.map((one) => cleaned(one, folder)) }),
  });
}

const plain = (text: string, folder: string): string =>
  text.replaceAll(`${folder}${sep}`, "").replaceAll(folder, "the request");

function cleaned<P extends { readonly message: string; readonly file?: string }>(
  problem: P,
  folder: string,
): P {
  const { message, file } = problem;
  return {
    ...problem,
    message: plain(message, folder),
    ...(file !== undefined && { file: plain(file, folder) }),
  };
}
