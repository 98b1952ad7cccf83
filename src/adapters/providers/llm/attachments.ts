// Texts and pictures that a call brings along: the one place where they are found, told apart and refused.
import { GleitzeitError } from "../../../domain/index.ts";
import type { CallContext, CapturedFile } from "../../../engine/ports/index.ts";
import type { Image } from "./ask.ts";

export type Given = {
  readonly file_path?: string | undefined;
  readonly files?: string | readonly string[] | undefined;
  readonly image_path?: string | undefined;
  readonly image_paths?: readonly string[] | undefined;
  readonly images?: readonly string[] | undefined;
};

export type Attachments = {
  readonly texts: readonly { readonly path: string; readonly text: string }[];
  readonly images: readonly Image[];
};

type Files = Pick<CallContext, "files" | "readFile">;

export async function attachments(given: Given, context: Files): Promise<Attachments> {
  const { file_path, files = [], image_path, image_paths = [], images = [] } = given;
  const paths = [
    ...(file_path === undefined ? [] : [file_path]),
    ...(typeof files === "string" ? [files] : files),
  ];
  const pictures = [...(image_path === undefined ? [] : [image_path]), ...image_paths];
  const texts = await inOrder(paths, async (path) => ({ path, text: await textOf(path, context) }));
  const read = await inOrder(pictures, (path) => pictureOf(path, context));
  return { texts, images: [...read, ...images.map((text, i) => imageIn(text, `params.images[${i}]`))] };
}

/** One after the other: all of them at once may be large. */
async function inOrder<T, U>(list: readonly T[], read: (one: T) => Promise<U>): Promise<readonly U[]> {
  const found: U[] = [];
  for (const one of list) found.push(await read(one));
  return found;
}

async function textOf(path: string, context: Files): Promise<string> {
  const bytes = await context.readFile(fileNamed(path, context.files));
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    const remedy =
      kindOf(bytes) === undefined ? "" : ": it is a picture, and those are given as `image_path`";
    throw new GleitzeitError("TASK_PARAMETER_ERROR", `${path} is no text in UTF-8${remedy}`, {
      cause: error,
    });
  }
}

async function pictureOf(path: string, context: Files): Promise<Image> {
  const bytes = await context.readFile(fileNamed(path, context.files));
  const mime = kindOf(bytes);
  if (mime === undefined) throw noPicture(path);
  return { mime, base64: Buffer.from(bytes).toString("base64") };
}

/** Base64, or a data: URL of it. Addresses elsewhere are not fetched. */
export function imageIn(text: string, place: string): Image {
  if (/^https?:/i.test(text)) {
    const remedy = "a picture elsewhere is not fetched; `http/request` gives its bytes as base64";
    throw new GleitzeitError("INVALID_PARAMS", `${place}: ${remedy}`);
  }
  const base64 = text.replace(/^data:[^,]{0,200},/, "").replace(/\s+/g, "");
  const isBase64 = /^[A-Za-z0-9+/]+={0,2}$/.test(base64);
  const mime = isBase64 ? kindOf(Buffer.from(base64.slice(0, 64), "base64")) : undefined;
  if (mime === undefined) throw noPicture(place);
  return { mime, base64 };
}

const noPicture = (what: string): GleitzeitError =>
  new GleitzeitError("TASK_PARAMETER_ERROR", `${what} is no picture: png, jpeg, gif, webp and bmp are known`);

/** By its first bytes: names lie. */
function kindOf(bytes: Uint8Array): string | undefined {
  const head = Buffer.from(bytes.subarray(0, 16)).toString("latin1");
  if (head.startsWith("\x89PNG\r\n\x1a\n")) return "image/png";
  if (head.startsWith("\xff\xd8\xff")) return "image/jpeg";
  if (/^GIF8[79]a/.test(head)) return "image/gif";
  if (head.startsWith("RIFF") && head.slice(8, 12) === "WEBP") return "image/webp";
  return head.startsWith("BM") && bytes.length >= 26 ? "image/bmp" : undefined;
}

/** However the params write the path. */
function fileNamed(named: string, files: readonly CapturedFile[]): CapturedFile {
  const plain = named.replace(/^(?:\.\/)+/, "");
  const found =
    files.find(({ path }) => path === plain) ??
    files
      .filter(({ path }) => plain.startsWith("/") && plain.endsWith(`/${path}`))
      .toSorted((a, b) => b.path.length - a.path.length)[0];
  if (found) return found;
  throw new GleitzeitError("TASK_PARAMETER_ERROR", `${named} is not among the task's captured files`);
}
