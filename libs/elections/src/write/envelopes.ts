import { createHmac } from 'node:crypto';
import { open, seal } from '@app/vault';

// An id has at most 64 characters; one byte says how many are meant. Every envelope weighs the same.
const BYTES = 65;

/** The place an envelope belongs to: it opens nowhere else. */
export interface EnvelopePlace {
  readonly electionId: string;
  readonly round: number;
  readonly by: string;
}
const aadOf = ({ electionId, round, by }: EnvelopePlace): string => JSON.stringify([electionId, round, by]);

/** A nomination under the key of its round, as text of one length whoever is named (INV-60). */
export function sealNomination(key: Buffer, nominee: string, place: EnvelopePlace): string {
  const paper = Buffer.alloc(BYTES);
  const length = paper.write(nominee, 1, 'utf8');
  if (length !== Buffer.byteLength(nominee)) throw new Error('a name that no envelope holds');
  paper.writeUInt8(length, 0);
  const { iv, c, t } = seal(key, paper, aadOf(place));
  return `${iv}.${c}.${t}`;
}

/** Opens what {@link sealNomination} made. Throws when key, place or text is another. */
export function openNomination(key: Buffer, ciphertext: string, place: EnvelopePlace): string {
  const [iv = '', c = '', t = ''] = ciphertext.split('.');
  const paper = open(key, { iv, c, t }, aadOf(place));
  return paper.toString('utf8', 1, 1 + paper.readUInt8(0));
}

/**
 * A mark by which the same click is recognised. It is made with the round's key: once that key is destroyed, not even who holds the
 * master key can try names against it.
 */
export function markOf(key: Buffer, nominee: string, place: EnvelopePlace): string {
  return createHmac('sha256', key)
    .update(`${aadOf(place)} ${nominee}`)
    .digest('hex');
}
