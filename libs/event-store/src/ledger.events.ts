import { catalogue, event, type FactOf, maybe, record, whole, word } from '@app/kernel';

/** The seals of one community. Stream `ledger-<communityId>`: nobody writes to it but the Sealer. */
export const ledgerEvents = catalogue('ledger', {
  LedgerSealed: event({
    /** 1, 2, 3… without a gap. */
    number: whole(),
    /** Where the last event under this seal stood when it was sealed: a position of that log, which a copy of it need not share. */
    upTo: word(),
    /** The last event under this seal, wherever the log is kept. Seals of the first releases do not name it. */
    last: maybe(record({ stream: word(256), revision: whole() })),
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
