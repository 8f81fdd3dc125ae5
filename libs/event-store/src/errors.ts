/** The stream is not where the writer believed it to be. */
export class StaleRevision extends Error {
  override readonly name = 'StaleRevision';
  constructor(
    readonly stream: string,
    readonly expected: string,
    /** The stream's last revision, -1 when it does not exist. */
    readonly actual: number,
  ) {
    super(`stream ${stream}: expected ${expected}, found ${actual}`);
  }
}

/** The store cannot be reached or cannot write now; the caller may try again with the same event ids. */
export class StoreUnavailable extends Error {
  override readonly name = 'StoreUnavailable';
}

/** Nobody knows whether the append was written: try again with the same ids and the same revision. */
export class OutcomeUnknown extends Error {
  override readonly name = 'OutcomeUnknown';
}

/** An append is larger than the store takes (1 MiB: data and metadata of all its events together). */
export class EventTooLarge extends Error {
  override readonly name = 'EventTooLarge';
}

/** The arguments can never be stored: a bug in the caller. */
export class InvalidAppend extends Error {
  override readonly name = 'InvalidAppend';
}

/** The log does not hold together: says where. The process must not decide on it. */
export class CorruptLog extends Error {
  override readonly name = 'CorruptLog';
}

/** The store was closed while the call was under way, or before. */
export class StoreClosed extends Error {
  override readonly name = 'StoreClosed';
}
