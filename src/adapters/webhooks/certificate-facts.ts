// Certificates that are shown to receivers: whether certificate and key belong together, and what may be said of them.
import { createPrivateKey, X509Certificate } from "node:crypto";
import { asError, type ClientCertificate, GleitzeitError } from "../../domain/index.ts";
import type { CertificateFacts } from "../../engine/ports/index.ts";

export function certificateFacts({ certificate, key }: ClientCertificate): CertificateFacts {
  const first = readable("certificate", () => new X509Certificate(certificate));
  const own = readable("key", () => createPrivateKey(key));
  if (!first.checkPrivateKey(own)) throw refused("the key is not that of the certificate");
  return {
    subject: first.subject.replaceAll("\n", ", "),
    fingerprint: first.fingerprint256.replaceAll(":", "").toLowerCase(),
    expiresAt: new Date(first.validTo).toISOString(),
  };
}

function readable<T>(what: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw refused(`the ${what} cannot be read: ${asError(error).message}`);
  }
}

const refused = (why: string): GleitzeitError =>
  new GleitzeitError("INVALID_PARAMS", `client_certificate: ${why}`);
