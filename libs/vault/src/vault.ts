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
  /** The key with this id where it is in memory already, without waiting; nothing otherwise: then `ensure` tells. */
  atHand(_id: string): Buffer | undefined {
    return undefined;
  }
  /** Destroys the key, durably and for ever; doing it again changes nothing. An id that never had a key will never have one. */
  abstract destroy(id: string): Promise<void>;
  /** How many text keys this vault destroyed since it was opened: who keeps decrypted text in memory drops it when this moves. */
  abstract readonly forgotten: number;
  /** A keyed fingerprint (HMAC-SHA-256 under a key derived from the master key), as hex: equal inputs can be recognised, nothing more. */
  abstract fingerprint(text: string): string;
  /** Signs bytes with the Ed25519 key of this installation (base64); the public key is what a reader verifies with (SPKI, base64). */
  abstract sign(bytes: Buffer): string;
  abstract publicKey(): string;
  abstract close(): Promise<void>;
}

/** Nothing can be written under a destroyed key. */
export class KeyDestroyed extends Error {
  override readonly name = 'KeyDestroyed';
  constructor(readonly keyId: string) {
    super(`the key ${keyId} was destroyed: nothing can be written under it`);
  }
}

const keyIds = /^(member|circle|community|seal):[A-Za-z0-9:_-]{1,128}$/;

/** Whether a key may have this id. */
export function isKeyId(id: string): boolean {
  return keyIds.test(id);
}

/** Refuses an id that no key may have: a bug in the caller. */
export function assertKeyId(id: string): void {
  if (!isKeyId(id)) throw new Error(`"${id}" is not the id of a key`);
}

/** Whether a key covers text, as opposed to the sealed nominations of one round. */
export function coversText(id: string): boolean {
  return !id.startsWith('seal:');
}
