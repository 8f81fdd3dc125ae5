import { derivedId, type Fact, type Recorded } from '@app/kernel';

/** Where and by whom, when a test cares. */
export interface About {
  readonly stream?: string;
  readonly community?: string;
  readonly circle?: string;
  readonly actor?: string;
  readonly office?: string;
  /** When it happened and was written, an ISO instant. */
  readonly at?: string;
  readonly recordedAt?: string;
  readonly position?: string;
  readonly revision?: number;
  readonly id?: string;
}

let written = 0;
const revisions = new Map<string, number>();

/** A position as the embedded stores write it; `positionOf(1)` is the first. */
export const positionOf = (place: number): string => String(place).padStart(20, '0');

/** A fact as it would come out of the log. Positions rise from call to call, revisions in each stream. */
export function recorded<D>(type: string, data: D, about: About = {}): Recorded<Fact<string, D>> {
  written += 1;
  const stream = about.stream ?? 'circle-1';
  const revision = about.revision ?? (revisions.get(stream) ?? -1) + 1;
  revisions.set(stream, revision);
  const position = about.position ?? positionOf(written);
  const occurredAt = about.at ?? '2027-01-15T12:00:00.000Z';
  const id = about.id ?? derivedId('recorded', stream, position);
  const meta = {
    community: about.community ?? 'community-1',
    ...(about.circle === undefined ? {} : { circle: about.circle }),
    actor: about.actor ?? 'member-1',
    ...(about.office === undefined ? {} : { office: about.office }),
    command: 'Test',
    commandId: id,
    payload: '',
    $correlationId: id,
    occurredAt,
    recordedAt: about.recordedAt ?? occurredAt,
    v: '1',
    hash: '',
  };
  return { id, stream, revision, position, type, data, meta };
}

/** `recorded` with some of it said once, and data typed by the events of one context: `const happened = recorder<CircleEvent>({ … })`. */
export function recorder<F extends Fact>(usual: About = {}) {
  return <T extends F['type']>(type: T, data: Extract<F, { type: T }>['data'], about: About = {}): Recorded =>
    recorded(type, data, { ...usual, ...about });
}
