// Names of tiles as C2SP tlog-tiles writes them: `0/x001/x234/067`, `entries/000.p/17`. Undefined for what is none, or is
// not written as it should be: each tile has one address.
const WIDTH = 256;

export type Tile = { readonly level: number | "entries"; readonly n: number; readonly width: number };

export function tileIn(text: string): Tile | undefined {
  const found =
    /^(entries|[0-9]|[1-5][0-9]|6[0-3])\/((?:x\d{3}\/){0,4})(\d{3})(?:\.p\/([1-9]\d{0,2}))?$/.exec(text);
  const [, level = "", above = "", last = "", part] = found ?? [];
  const width = part === undefined ? WIDTH : Number(part);
  if (!found || above.startsWith("x000/") || width > WIDTH || (part !== undefined && width === WIDTH))
    return undefined;
  const n = Number(above.replaceAll(/[x/]/g, "") + last);
  return { level: level === "entries" ? level : Number(level), n, width };
}
