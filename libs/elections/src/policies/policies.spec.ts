import { LeaveCircle } from '@app/circles';
import { testCommunity } from '@app/circles/testing';
import type { Receipt } from '@app/event-store';
import { AcceptOffice } from '../write/accepting.commands.js';
import { CallElection, DescribeRole } from '../write/calling.commands.js';
import { GiveElectionConsent, OpenElectionConsent } from '../write/election-round.commands.js';
import { Nominate, OpenNominations, RevealNominations } from '../write/nomination.commands.js';
import { ProposeNominee } from '../write/proposing.commands.js';
import { openRacines, type Racines, seven } from '../write/racines.house.js';
import { GiveReason, OpenChanges, OpenReasons } from '../write/reason.commands.js';

const role = { duties: 'Porter la voix', qualities: 'L’écoute', from: '2027-05-27', to: '2028-05-31' };
let racines: Racines;
let electionId: string;
const sent = (member: string, Kind: new (...args: never[]) => unknown, input: object = {}): Promise<Receipt> => {
  const Sent = Kind as new (caller: unknown, input: unknown) => never;
  return racines.send(new Sent(racines.callerOf(member), { electionId, ...input }));
};
const written = async <D>(stream: string, type: string): Promise<D[]> =>
  (await racines.house.facts(stream)).filter((it) => it.type === type).map(({ data }) => data as D);
const standingOf = (circleId: string) => racines.house.standings.of(circleId, testCommunity, racines.house.clock.now());

/** Everybody names Ana, and Ana accepts to be second link. */
beforeEach(async () => {
  racines = await openRacines();
  await racines.house.settle();
  const call = { circleId: 'racines', office: 'secondLink' as const, seat: 1, cause: 'new' as const };
  electionId = (await racines.send(new CallElection(racines.callerOf('luc'), call))).stream.slice('election-'.length);
  const meetingId = await racines.meet(...seven);
  await sent('zoe', DescribeRole, role);
  await sent('zoe', OpenNominations, { meetingId });
  for (const by of seven) await sent(by, Nominate, { nominee: 'ana' });
  await sent('zoe', RevealNominations);
  await sent('zoe', OpenReasons);
  await sent('zoe', GiveReason, { text: 'Elle relie deux cercles' });
  await sent('zoe', OpenChanges);
  const [reason] = await written<{ reasonId: string }>(`election-${electionId}`, 'ReasonGiven');
  await sent('zoe', ProposeNominee, { person: 'ana', rationale: 'Elle relie', cites: [reason!.reasonId] });
  await sent('zoe', OpenElectionConsent);
  const [round] = await written<{ roundId: string; roster: string[] }>(
    `election-${electionId}`,
    'ElectionConsentRoundOpened',
  );
  for (const by of round!.roster) await sent(by, GiveElectionConsent, { roundId: round!.roundId });
});

describe('when an officer is elected', () => {
  it('S8 the office starts, and the second link sits in the general circle the same day', async () => {
    await sent('ana', AcceptOffice);
    await racines.house.settle();
    expect(await written('circle-racines', 'TermStarted')).toContainEqual({
      termId: expect.any(String),
      office: 'secondLink',
      seat: 1,
      memberId: 'ana',
      from: '2027-05-27',
      to: { date: '2028-05-31', instant: '2028-06-01T03:59:59.999Z' },
      electionId,
    });
    expect((await standingOf('racines')).holders.secondLink).toBe('ana');
    expect((await standingOf('general')).members).toContain('ana');
    expect(await written('circle-general', 'LinkSeated')).toContainEqual(
      expect.objectContaining({ link: 'second', memberId: 'ana', subCircleId: 'racines' }),
    );
  });

  it('INV-52 the logbook gets one entry, that names nobody', async () => {
    await sent('ana', AcceptOffice);
    await racines.house.settle();
    expect(await written('logbook-racines', 'LogEntryWritten')).toEqual([
      {
        circleId: 'racines',
        communityId: testCommunity,
        year: 2027,
        number: 1,
        subject: { kind: 'election', id: electionId },
        date: '2027-05-27',
      },
    ]);
  });

  it('nothing happens twice when the event is delivered twice', async () => {
    await sent('ana', AcceptOffice);
    await racines.house.settle();
    const before = await racines.house.facts();
    for (const fact of before.filter(({ stream }) => stream === `election-${electionId}`))
      await racines.house.deliver(fact);
    expect(await racines.house.facts()).toHaveLength(before.length);
  });

  it('what the circle refuses comes back to the election, once', async () => {
    await sent('ana', AcceptOffice);
    // Ana leaves in the moment between her election and the term.
    await sent('ana', LeaveCircle, { circleId: 'racines' });
    await racines.house.settle();
    const refused = { code: 'OFFICER_NOT_A_MEMBER', details: ['ana'] };
    expect(await written(`election-${electionId}`, 'EffectRefused')).toEqual([refused]);
    const elected = (await racines.house.facts(`election-${electionId}`)).find(({ type }) => type === 'OfficerElected');
    await racines.house.deliver(elected!);
    expect(await written(`election-${electionId}`, 'EffectRefused')).toEqual([refused]);
  });

  it('acts as a policy, caused by the event', async () => {
    await sent('ana', AcceptOffice);
    await racines.house.settle();
    const facts = await racines.house.facts();
    const elected = facts.find(({ type }) => type === 'OfficerElected')!;
    const term = facts.find(({ type, data }) => type === 'TermStarted' && (data as { electionId?: string }).electionId);
    expect(term!.meta).toMatchObject({
      actor: 'policy:when-officer-elected-then-start-term',
      $causationId: elected.id,
      $correlationId: elected.meta.$correlationId,
    });
  });
});

describe('when the nominations are revealed', () => {
  it('INV-60 the key of the round is destroyed, however often it is told', async () => {
    const keyId = `seal:${electionId}:1`;
    expect((await racines.house.vault.keys([keyId])).get(keyId)).not.toBeNull();
    await racines.house.settle();
    expect((await racines.house.vault.keys([keyId])).get(keyId)).toBeNull();
    const facts = await racines.house.facts(`election-${electionId}`);
    await racines.house.deliver(facts.find(({ type }) => type === 'NominationsRevealed')!);
  });
});
