import type { Receipt } from '@app/event-store';
import { Refusal } from '@app/kernel';
import { CloseMeeting } from '@app/meetings';
import { election } from '../domain/election.js';
import { AcceptOffice } from './accepting.commands.js';
import { CallElection, CancelElection, DescribeRole } from './calling.commands.js';
import { GiveElectionConsent, OpenElectionConsent } from './election-round.commands.js';
import { Nominate, OpenNominations, RevealNominations } from './nomination.commands.js';
import { ProposeNominee } from './proposing.commands.js';
import { openRacines, type Racines, seven } from './racines.house.js';
import { GiveReason, OpenChanges, OpenReasons } from './reason.commands.js';

const names: Readonly<Record<string, string>> = {
  ana: 'ines',
  marc: 'ines',
  zoe: 'ana',
  luc: 'ines',
  lise: 'ana',
  paul: 'ines',
  ines: 'paul',
};
const role = { duties: 'Porter la voix', qualities: 'L’écoute', from: '2027-06-01', to: '2028-05-31' };
const refusalOf = (act: Promise<unknown>): Promise<Refusal> =>
  act.then(
    () => Promise.reject(new Error('it was not refused')),
    (error: unknown) => (error instanceof Refusal ? error : Promise.reject(error as Error)),
  );

let racines: Racines;
let electionId: string;
let meetingId: string;
const sent = (
  member: string,
  Kind: new (...args: never[]) => unknown,
  input: object,
  commandId?: string,
): Promise<Receipt> => {
  const Sent = Kind as new (caller: unknown, input: unknown) => never;
  return racines.send(new Sent(racines.callerOf(member, commandId), { electionId, ...input }));
};
const everybodyNominates = async (): Promise<void> => {
  for (const by of seven) await sent(by, Nominate, { nominee: names[by] });
};

beforeEach(async () => {
  racines = await openRacines();
  const call = { circleId: 'racines', office: 'secondLink' as const, seat: 1, cause: 'new' as const };
  const { stream } = await racines.send(new CallElection(racines.callerOf('luc'), call));
  electionId = stream.slice('election-'.length);
  meetingId = await racines.meet(...seven);
  await sent('zoe', DescribeRole, role);
  await sent('zoe', OpenNominations, { meetingId });
});

describe('sealed nominations in the log', () => {
  it('INV-60 hold nobody’s name in data, metadata or fingerprint, and are of one length', async () => {
    await everybodyNominates();
    const stored = (await racines.stored('election', electionId)).filter(({ type }) => type === 'NominationSealed');
    expect(stored).toHaveLength(7);
    const data = stored.map((it) => it.data as { by: string; ciphertext: string });
    expect(new Set(data.map(({ ciphertext }) => ciphertext.length)).size).toBe(1);
    // The same name twice, and its fingerprint, cannot be told from another name.
    expect(new Set(data.map(({ ciphertext }) => ciphertext)).size).toBe(7);
    expect(new Set(stored.map(({ meta }) => meta['payload'])).size).toBe(7);
    for (const { data: it, meta } of stored) {
      const { by, ciphertext, ...rest } = it as { by: string; ciphertext: string };
      expect(rest).toEqual({ round: 1, keyId: `seal:${electionId}:1` });
      const { actor: _, circle: __, ...told } = meta;
      expect(JSON.stringify(told)).not.toContain(names[by]);
      expect(Buffer.from(ciphertext.split('.')[1]!, 'base64').includes(names[by]!)).toBe(false);
    }
  });

  it('INV-60 are one a person; the same click twice is one, with another name it is refused', async () => {
    const click = '00000000-0000-8000-a000-000000000001';
    const first = await sent('paul', Nominate, { nominee: 'ines' }, click);
    expect(await sent('paul', Nominate, { nominee: 'ines' }, click)).toEqual({ ...first, types: expect.anything() });
    expect((await refusalOf(sent('paul', Nominate, { nominee: 'ana' }, click))).code).toBe('COMMAND_ID_REUSED');
    expect((await refusalOf(sent('paul', Nominate, { nominee: 'ana' }))).code).toBe('ALREADY_NOMINATED');
  });

  it('INV-62 refuse the chef as second link without a word that could travel', async () => {
    const refusal = await refusalOf(sent('paul', Nominate, { nominee: 'marc' }));
    expect(JSON.stringify([refusal.code, refusal.details, refusal.message])).toBe('["NOT_ELIGIBLE",{},"NOT_ELIGIBLE"]');
    expect(await racines.stored('election', electionId)).toHaveLength(3);
  });

  it('INV-61 come to light together, in the order of the roster', async () => {
    await everybodyNominates();
    await sent('zoe', RevealNominations, {});
    const { state } = await racines.house.streams.load(election, electionId, 'solidarite');
    expect(state.phase === 'Revealed' && state.pairs).toEqual(
      ['marc', 'ana', 'zoe', 'luc', 'lise', 'paul', 'ines'].map((by) => ({ by, nominee: names[by] })),
    );
  });

  it('INV-60 cannot be read again once the key of the round is destroyed, and the reveal sent twice is one', async () => {
    await everybodyNominates();
    const click = '00000000-0000-8000-a000-000000000002';
    const first = await sent('zoe', RevealNominations, {}, click);
    await racines.house.settle();
    expect((await racines.house.vault.keys([`seal:${electionId}:1`])).get(`seal:${electionId}:1`)).toBeNull();
    expect((await sent('zoe', RevealNominations, {}, click)).revision).toBe(first.revision);
    expect((await refusalOf(sent('paul', Nominate, { nominee: 'ana' }))).code).toBe('WRONG_PHASE');
  });

  it('INV-60 of a cancelled election are never read', async () => {
    await everybodyNominates();
    await sent('luc', CancelElection, { reason: 'Le cercle se scinde' });
    await racines.house.settle();
    expect((await racines.house.vault.keys([`seal:${electionId}:1`])).get(`seal:${electionId}:1`)).toBeNull();
    expect((await refusalOf(sent('zoe', RevealNominations, {}))).code).toBe('WRONG_PHASE');
  });

  it('are not opened by an election whose key was lost: that is a fault, not an outcome', async () => {
    await everybodyNominates();
    await racines.house.vault.destroy(`seal:${electionId}:1`);
    await expect(sent('zoe', RevealNominations, {})).rejects.toThrow('is missing');
    expect((await refusalOf(sent('ana', Nominate, { nominee: 'ines' }))).code).toBe('WRONG_PHASE');
  });
});

describe('an election on the log', () => {
  it('runs from its call to an officer, every fact with its circle and the office of who acted', async () => {
    await everybodyNominates();
    await sent('zoe', RevealNominations, {});
    await sent('zoe', OpenReasons, {});
    await sent('zoe', GiveReason, { text: 'Elle relie deux cercles' });
    await sent('luc', GiveReason, { text: 'Elle écoute', memberId: 'paul', channel: 'voice' });
    await sent('zoe', OpenChanges, {});
    const { state } = await racines.house.streams.load(election, electionId);
    const cites = state.phase === 'Changing' ? state.reasons.map(({ reasonId }) => reasonId) : [];
    await sent('zoe', ProposeNominee, { person: 'ana', rationale: 'Les raisons se rejoignent', cites });
    const { revision } = await sent('zoe', OpenElectionConsent, {});
    const opened = (await racines.stored('election', electionId))[revision]!.data as {
      roundId: string;
      roster: string[];
    };
    for (const by of opened.roster) await sent(by, GiveElectionConsent, { roundId: opened.roundId });
    await racines.send(new CloseMeeting(racines.callerOf('zoe'), { meetingId }));
    const accepted = await sent('ana', AcceptOffice, {});
    expect(accepted.types).toEqual(['NomineeAccepted', 'OfficerElected']);
    const log = await racines.stored('election', electionId);
    expect(new Set(log.map(({ meta }) => meta['circle']))).toEqual(new Set(['racines']));
    const offices = Object.fromEntries(log.map(({ meta }) => [meta['actor'], meta['office']]));
    expect(offices).toMatchObject({ zoe: 'facilitator', luc: 'secretary', marc: 'leader' });
  });

  it('of another community, or that is not there, is not found', async () => {
    const foreign = racines.callerOf('ana', undefined, 'ailleurs');
    expect((await refusalOf(racines.send(new OpenReasons(foreign, { electionId })))).code).toBe('NOT_FOUND');
    expect((await refusalOf(sent('ana', OpenReasons, { electionId: 'nowhere' }))).code).toBe('NOT_FOUND');
    expect((await refusalOf(sent('zoe', OpenReasons, { meetingId: 'nowhere' }))).code).toBe('NOT_FOUND');
  });

  it('INV-14 is led in a meeting of its own circle', async () => {
    const other = { ...racines.callerOf('zoe') };
    await racines.written('meeting', 'elsewhere', [
      {
        type: 'MeetingOpened',
        data: {
          meetingId: 'elsewhere',
          circleId: 'general',
          communityId: 'solidarite',
          by: 'zoe',
          present: seven,
          members: seven,
          quorum: 5,
          circleRevision: 1,
        },
      },
    ]);
    await everybodyNominates();
    const reveal = new RevealNominations(other, { electionId, meetingId: 'elsewhere' });
    expect((await refusalOf(racines.send(reveal))).code).toBe('MEETING_OF_ANOTHER_CIRCLE');
  });

  it('called twice by one click is one election', async () => {
    const call = { circleId: 'racines', office: 'secretary' as const, seat: 1, cause: 'expiry' as const };
    const click = racines.callerOf('paul');
    const [first, again] = [
      await racines.send(new CallElection(click, call)),
      await racines.send(new CallElection(click, call)),
    ];
    expect(again.stream).toBe(first.stream);
    expect(await racines.stored('election', first.stream.slice('election-'.length))).toHaveLength(1);
  });
});
