/** What a server process tells the bench once it serves. */
export interface Serving {
  readonly port: number;
  /** API tokens of those who may answer. */
  readonly tokens: readonly string[];
  /** Open rounds, each on version 1; the same people are on every roster. */
  readonly rounds: readonly { readonly proposalId: string; readonly roundId: string }[];
  /** Who is behind each token. */
  readonly members: readonly string[];
}

/** Sends what is ready, and stops when the bench asks for it or is gone. */
export function serve(serving: Serving, stop: () => Promise<void>): void {
  const end = (): void => void stop().then(() => process.exit(0));
  process.once('message', end).once('disconnect', end);
  process.send!(serving);
}
