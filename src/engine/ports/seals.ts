// Personal data is sealed with a key of its own for each person, kept apart from the log: who destroys the key destroys
// what was sealed with it, wherever copies of it are.

/** What stands in an event instead of its values; nonce and ciphertext (with its tag) are base64. */
export type Sealed = {
  readonly v: number;
  readonly keyId: string;
  readonly nonce: string;
  readonly ciphertext: string;
};

/** What a ciphertext is bound to: it opens nowhere else. */
export type SealedPlace = {
  readonly tenant: string;
  readonly stream: string;
  readonly revision: number;
  readonly type: string;
};

export interface SealKey {
  readonly id: string;
  seal(text: Uint8Array, place: SealedPlace): Sealed;
  /** PERSISTENCE_INTEGRITY_ERROR for what was altered, or sealed for another place or with another key. */
  open(sealed: Sealed, place: SealedPlace): Uint8Array;
  /** The same bytes give the same: who has the key finds a blob again by its hash. */
  sealBlob(bytes: Uint8Array, tenant: string): Uint8Array;
  openBlob(sealed: Uint8Array, tenant: string): Uint8Array;
}

export interface Seals {
  /**
   * What a run is sealed with from its first event on: the key of its subject (a pseudonym), made when it is first asked
   * for. Without a subject, the tenant's if the installation wants that, else undefined: in clear.
   */
  keyFor(tenant: string, subject: string | undefined): Promise<SealKey | undefined>;
  /** Undefined once it is destroyed. */
  keyOf(tenant: string, keyId: string): Promise<SealKey | undefined>;
}

/** Wraps the keys of subjects where they are kept: with a key of the installation's own, or by a service that has one. */
export interface KeyEncryption {
  /** Tells one from another, and says nothing of it. */
  readonly id: string;
  /** `about` is what the key is for: unwrapping takes the same. */
  wrap(key: Uint8Array, about: string): Promise<Uint8Array>;
  /** Undefined for what was not wrapped here, or about something else. */
  unwrap(wrapped: Uint8Array, about: string): Promise<Uint8Array | undefined>;
}

export type Destroyed = { readonly tenant: string; readonly subject: string; readonly keyId: string };

export interface SubjectKeys extends Seals {
  /**
   * Nobody can read what was sealed for that subject, from when it resolves. `known` are ids of keys of it that may be
   * lost here. Ids of all its keys, also of those destroyed before.
   */
  destroy(tenant: string, subject: string, known?: readonly string[]): Promise<readonly string[]>;
  /** All that were ever destroyed here, whatever log they belonged to. */
  destroyed(): Promise<readonly Destroyed[]>;
}
