// Connections are kept by the certificate that is shown on them: what was opened for one is used for no other.
import type { Agent } from "undici";
import type { ClientCertificate } from "../../domain/index.ts";

export type Shown = { readonly cert?: string; readonly key?: string };

/** Of those beyond, the one that was used longest ago is closed when what is under way there has ended. */
const MOST = 100;

export function agentsOf(open: (shown: Shown) => Agent) {
  const plain = open({});
  const showing = new Map<string, Agent>();
  return {
    showing: (certificate: ClientCertificate | undefined): Agent => {
      if (!certificate) return plain;
      const { certificate: cert, key } = certificate;
      const name = `${cert}\n${key}`;
      const agent = showing.get(name) ?? open({ cert, key });
      showing.delete(name);
      showing.set(name, agent);
      const [oldest] = showing.size > MOST ? showing : [];
      if (oldest) {
        showing.delete(oldest[0]);
        void oldest[1].close();
      }
      return agent;
    },
    destroy: async (): Promise<void> => {
      await Promise.all([plain, ...showing.values()].map((agent) => agent.destroy()));
    },
  };
}
