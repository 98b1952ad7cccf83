// Endpoints that show a certificate, and ask an address before they take it.
import type { EndpointSettings, SealedText, WebhookEvent } from "../../../src/domain/index.ts";

type Given = {
  readonly settings: Pick<EndpointSettings, "ordered" | "payload">;
  readonly sealed: SealedText;
};

export function certified({ settings, sealed }: Given): readonly { name: string; event: WebhookEvent }[] {
  const common = { ...settings, challenge: true } as const;
  const values = { url: "https://example.com", certificate: { ...sealed } };
  return [
    {
      name: "WebhookCreated-certificate",
      event: {
        type: "WebhookCreated",
        data: { ...common, from: "start", values: { ...values, secret: { ...sealed } } },
      },
    },
    { name: "WebhookUpdated-certificate", event: { type: "WebhookUpdated", data: { ...common, values } } },
  ];
}
