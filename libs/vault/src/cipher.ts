import { createCipheriv, createDecipheriv, randomFillSync } from 'node:crypto';

/** Ciphertext as it is stored: iv, text and tag in base64. */
export interface Sealed {
  readonly iv: string;
  readonly c: string;
  readonly t: string;
}

const IV_BYTES = 12;
const TAG_BYTES = 16;
// One call to the system gives the ivs of many texts.
const pool = Buffer.alloc(IV_BYTES * 256);
let used = pool.length;

/** Valid until the next one is asked for. */
function freshIv(): Buffer {
  if (used === pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  return pool.subarray(used, (used += IV_BYTES));
}

/** Encrypts under a 256-bit key (AES-256-GCM, a fresh iv each time). What is sealed opens only with the same `aad`: the place it belongs to. */
export function seal(key: Buffer, plaintext: string | Buffer, aad: string): Sealed {
  const iv = freshIv();
  const cipher = createCipheriv('aes-256-gcm', key, iv);
  cipher.setAAD(Buffer.from(aad));
  const body = typeof plaintext === 'string' ? cipher.update(plaintext, 'utf8') : cipher.update(plaintext);
  cipher.final();
  return { iv: iv.toString('base64'), c: body.toString('base64'), t: cipher.getAuthTag().toString('base64') };
}

/** Decrypts what {@link seal} made. Throws when key, `aad`, iv, text or tag is not the one it was sealed with. */
export function open(key: Buffer, { iv, c, t }: Sealed, aad: string): Buffer {
  const tag = Buffer.from(t, 'base64');
  const decipher = createDecipheriv('aes-256-gcm', key, Buffer.from(iv, 'base64'), { authTagLength: TAG_BYTES });
  decipher.setAAD(Buffer.from(aad));
  decipher.setAuthTag(tag);
  const body = decipher.update(c, 'base64');
  decipher.final();
  return body;
}
