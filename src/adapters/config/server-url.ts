// Where a server is: as `--server` or GLEITZEIT_SERVER give it.
import { GleitzeitError } from "../../domain/index.ts";

/** Without what would be a key in an address, or part of a route. */
export function serverUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isPlain = url && ["http:", "https:"].includes(url.protocol) && url.search === "" && url.hash === "";
  if (!isPlain || url.pathname !== "/") {
    throw new GleitzeitError(
      "USAGE_ERROR",
      `--server (GLEITZEIT_SERVER) takes where a server is, such as http://127.0.0.1:8080, not ${JSON.stringify(withoutUser(text))}`,
    );
  }
  if (url.username !== "" || url.password !== "") {
    throw new GleitzeitError(
      "USAGE_ERROR",
      "--server (GLEITZEIT_SERVER) takes no user and no password: a key is given as GLEITZEIT_API_KEY",
    );
  }
  return url.origin;
}

const withoutUser = (text: string): string => text.replace(/\/\/[^/]*@/, "//***@");
