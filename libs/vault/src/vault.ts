/** A 256-bit key, or `null` where it was destroyed: what it covered can never be read again. */
export type Key = Buffer | null;

/**
 * The port to the keys that cover personal text and sealed nominations. Keys are stored wrapped by the master key, which lives in a file
 * outside every database and backup. Key ids: `member:<id>`, `circle:<id>`, `community:<id>`, `seal:<election id>:<round>`.
 */
export abstract class Vault {
  /** The keys with these ids; an id that never had one, or whose key was destroyed, maps to null. */
  abstract keys(ids: readonly string[]): Promise<ReadonlyMap<string, Key>>;
  /** The key with this id, made and durably stored first where there is none. Throws KeyDestroyed where it was destroyed. */
  abstract ensure(id: string): Promise<Buffer>;
  /** Destroys the key, durably and for ever; doing it again changes nothing. */
  abstract destroy(id: string): Promise<void>;
  /** A keyed fingerprint (HMAC-SHA-256 under a key derived from the master key), as hex: equal inputs can be recognised, nothing more. */
  abstract fingerprint(text: string): string;
  /** Signs bytes with the Ed25519 key of this installation; the public key is what a reader verifies with (SPKI, base64). */
  abstract sign(bytes: Buffer): string;
  abstract publicKey(): string;
  abstract close(): Promise<void>;
}

/** Nothing can be written under a destroyed key. */
export class KeyDestroyed extends Error {
  override readonly name = 'KeyDestroyed';
}
