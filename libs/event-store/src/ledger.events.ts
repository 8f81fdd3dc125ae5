import { catalogue, event, type FactOf, whole, word } from '@app/kernel';

/** The seals of one community. Stream `ledger-<communityId>`: nobody writes to it but the Sealer. */
export const ledgerEvents = catalogue('ledger', {
  LedgerSealed: event({
    /** 1, 2, 3… without a gap. */
    number: whole(),
    /** The last event under this seal. */
    upTo: word(),
    /** Events under this seal, and under all seals so far. */
    count: whole(),
    total: whole(),
    /** Digest over stream, revision and hash of those events, in log order. */
    root: word(),
    /** Digest of the root and the signature of the seal before. */
    previous: word(),
    /** Ed25519: SPKI and signature, in base64. */
    publicKey: word(),
    signature: word(),
  }),
});
export type LedgerFact = FactOf<typeof ledgerEvents>;
export type LedgerSealed = LedgerFact['data'];
