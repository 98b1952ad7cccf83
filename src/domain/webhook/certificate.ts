// What an endpoint shows to its receiver when it connects: a certificate, with those between it and its authority, and its key.
import { z } from "zod";

const MOST_PEM = 32 * 1024;
const CERTIFICATES = /^\s*(?:-----BEGIN CERTIFICATE-----[A-Za-z0-9+/=\s]+-----END CERTIFICATE-----\s*)+$/;
const KEY = /^\s*-----BEGIN ((?:EC |RSA )?PRIVATE KEY)-----[A-Za-z0-9+/=\s]+-----END \1-----\s*$/;

/** Whether the key is that of the certificate is seen where there is cryptography. */
export const ClientCertificate = z
  .strictObject({
    certificate: z
      .string()
      .max(MOST_PEM)
      .regex(CERTIFICATES, { error: "must be certificates in PEM" })
      .describe("In PEM, with those between it and its authority behind it."),
    key: z
      .string()
      .max(MOST_PEM)
      .regex(KEY, { error: "must be a private key in PEM, without a password" })
      .describe("Its private key in PEM."),
  })
  .meta({ id: "ClientCertificate" });
export type ClientCertificate = z.infer<typeof ClientCertificate>;
