import { checkSinceLastSeal, CorruptLog, type EventStore } from '@app/event-store';
import type { Vault } from '@app/vault';

/** Refuses to start on a log whose end does not hold. Answers when its last event was recorded: nothing is recorded before that. */
export async function checkedEnd(store: EventStore, vault: Pick<Vault, 'publicKey'>, shared: boolean): Promise<string> {
  const { firstBroken, lastRecorded } = await checkSinceLastSeal(store, [vault.publicKey()]);
  if (firstBroken === undefined) return lastRecorded;
  const { why, stream, revision, position } = firstBroken;
  const stranger =
    why === 'SEAL_FORGED'
      ? ' Or it is whole, and was sealed with other keys than the accounts and keys it is opened with have.'
      : '';
  const where = `${why} in ${stream}, revision ${revision}, noticed at position ${position}`;
  const advice = shared
    ? 'Stop every process and restore a backup on empty servers.'
    : 'Put DATA_DIR back from a backup.';
  throw new CorruptLog(`The log does not hold together: ${where}. ${advice}${stranger}`);
}
