import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { open, seal } from '../cipher.js';
import { type DerivedKeys, MasterKeyUnusable } from './master-key.js';

/** The id under which the installation's signing key is stored. */
export const SIGNING = 'installation:signing';

/** Keys as they are stored: wrapped by the master key (AES-256-GCM), each bound to its id. */
export class Wrapping {
  constructor(private readonly keys: Pick<DerivedKeys, 'wrapping'>) {}

  wrap(id: string, key: Buffer): string {
    const { iv, c, t } = seal(this.keys.wrapping, key, id);
    return `${iv}.${c}.${t}`;
  }

  unwrap(id: string, wrapped: string): Buffer {
    const [iv = '', c = '', t = ''] = wrapped.split('.');
    try {
      return open(this.keys.wrapping, { iv, c, t }, id);
    } catch (cause) {
      throw new Error(`the key ${id} does not open under the master key: vault_key was changed from outside`, {
        cause,
      });
    }
  }
}

/** What the installation signs with (Ed25519). */
export class Signing {
  readonly publicKey: string;

  private constructor(private readonly key: KeyObject) {
    this.publicKey = createPublicKey(key).export({ type: 'spki', format: 'der' }).toString('base64');
  }

  /** A new one, and how it is stored. */
  static make(wrapping: Wrapping): { signing: Signing; wrapped: string } {
    const { privateKey } = generateKeyPairSync('ed25519');
    const der = privateKey.export({ type: 'pkcs8', format: 'der' });
    return { signing: new Signing(privateKey), wrapped: wrapping.wrap(SIGNING, der) };
  }

  /** The stored one: the first that shows whether the master key is the right one. Throws MasterKeyUnusable. */
  static open(wrapping: Wrapping, wrapped: string, masterKeyFile: string): Signing {
    try {
      return new Signing(createPrivateKey({ key: wrapping.unwrap(SIGNING, wrapped), type: 'pkcs8', format: 'der' }));
    } catch (cause) {
      const hint = 'is not the key that the stored data was encrypted with: put the right file back';
      throw new MasterKeyUnusable(`MASTER_KEY_FILE ${masterKeyFile} ${hint}`, { cause });
    }
  }

  sign(bytes: Buffer): string {
    return sign(null, bytes, this.key).toString('base64');
  }
}
