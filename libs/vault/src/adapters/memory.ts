import { generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';
import { assertKeyId, coversText, type Key, KeyDestroyed, Vault } from '../vault.js';
import { derive } from './master-key.js';

/** Keys that live as long as the process: tests and throw-away demonstrations. */
export class MemoryVault extends Vault {
  private readonly held = new Map<string, Key>();
  private readonly print: (text: string) => string;
  private readonly signing: KeyObject;
  private readonly spki: string;
  private destroyed = 0;

  constructor(master: Buffer = randomBytes(32)) {
    super();
    this.print = derive(master).fingerprint;
    const pair = generateKeyPairSync('ed25519');
    this.signing = pair.privateKey;
    this.spki = pair.publicKey.export({ type: 'spki', format: 'der' }).toString('base64');
  }

  get forgotten(): number {
    return this.destroyed;
  }

  async keys(ids: readonly string[]): Promise<ReadonlyMap<string, Key>> {
    return new Map(ids.map((id) => [id, this.held.get(id) ?? null]));
  }

  async ensure(id: string): Promise<Buffer> {
    assertKeyId(id);
    const known = this.held.get(id);
    if (known === null) throw new KeyDestroyed(id);
    if (known) return known;
    const made = randomBytes(32);
    this.held.set(id, made);
    return made;
  }

  override atHand(id: string): Buffer | undefined {
    return this.held.get(id) ?? undefined;
  }

  async destroy(id: string): Promise<void> {
    assertKeyId(id);
    if (this.held.get(id) === null) return;
    this.held.set(id, null);
    if (coversText(id)) this.destroyed += 1;
  }

  fingerprint(text: string): string {
    return this.print(text);
  }

  sign(bytes: Buffer): string {
    return sign(null, bytes, this.signing).toString('base64');
  }

  publicKey(): string {
    return this.spki;
  }

  async close(): Promise<void> {
    this.held.clear();
  }
}
