import { CirclesWriteModule, RegisterMember, rootCircleOf } from '@app/circles';
import { CirclesInMemory, testCommunity } from '@app/circles/testing';
import { agreementEvents, decisionPolicies, DecisionsWriteModule, logbookEvents, proposalEvents } from '@app/decisions';
import { electionEvents, electionPolicies, ElectionsWriteModule } from '@app/elections';
import type { Receipt } from '@app/event-store';
import { categoryOf, type Recorded } from '@app/kernel';
import { meetingEvents, MeetingsWriteModule } from '@app/meetings';
import type { Type } from '@nestjs/common';
import { Calendar } from './calendar.js';
import { readWritten } from './history.js';
import { Stage } from './stage.js';
import { inOrder, tell } from './story.js';
import { World } from './world.js';

const base = '2027-01-15T17:00:00.000Z';
const calendar = new Calendar(base);
const everywhere = (module: Type): Type => ({ module, global: true }) as unknown as Type;

const open = (): Promise<CirclesInMemory> =>
  CirclesInMemory.open(calendar.instant(inOrder(calendar)[0]!.at), {
    catalogues: [meetingEvents, proposalEvents, agreementEvents, logbookEvents, electionEvents],
    modules: [
      everywhere(CirclesWriteModule),
      everywhere(MeetingsWriteModule),
      DecisionsWriteModule,
      ElectionsWriteModule,
    ],
    policies: [...decisionPolicies, ...electionPolicies],
  });

class Killed extends Error {}

/** Tells the story over a log in memory, from wherever it stands. Dies after so many commands, before anything follows from the last. */
async function told(house: CirclesInMemory, commands = Infinity): Promise<void> {
  await house.settle();
  const { receipts } = await readWritten(house.store, testCommunity);
  let sent = 0;
  const execute: CirclesInMemory['execute'] = async (command) => {
    const receipt: Receipt = await house.execute(command);
    if ((sent += 1) === commands) throw new Killed();
    return receipt;
  };
  const stage = new Stage({
    commands: { execute } as never,
    clock: { tell: (instant) => house.clock.now() < instant && house.clock.set(instant) },
    calendar,
    communityId: testCommunity,
    done: receipts,
    consequential: new Set(house.policies.flatMap(({ on }) => Object.keys(on))),
    timePasses: () => Promise.resolve(),
    settle: () => house.settle(),
  });
  const world = new World(stage, async (people, invitedBy) => {
    for (const who of people) {
      stage.knows(who, who);
      if (invitedBy === undefined) continue;
      const caller = { ...stage.caller(who, `register ${who}`), member: who };
      await house.execute(new RegisterMember(caller, { memberId: who, invitedBy }));
    }
  });
  await tell(world, calendar);
  await house.settle();
}

/** The last event of every stream of a category, by what the stream's first event says in a field. */
function ends(facts: readonly Recorded[], category: string, by: string): string[] {
  const names = new Map<string, string>();
  const last = new Map<string, string>();
  for (const { stream, type, data } of facts.filter((it) => categoryOf(it.stream) === category)) {
    if (!names.has(stream)) names.set(stream, String((data as Record<string, unknown>)[by]));
    last.set(stream, type);
  }
  return [...last].map(([stream, type]) => `${names.get(stream)} · ${type}`);
}

/** Every sentence in a fact. */
function textsIn(data: unknown): string[] {
  if (typeof data === 'string') return data.includes(' ') ? [data] : [];
  return typeof data === 'object' && data !== null ? Object.values(data).flatMap(textsIn) : [];
}

describe('the demo story', () => {
  let house: CirclesInMemory;
  let facts: readonly Recorded[];
  beforeAll(async () => {
    house = await open();
    await told(house);
    facts = await house.facts();
  });

  it('leaves proposals in every state there is', () => {
    const open = ends(facts, 'proposal', 'title').filter((it) => !it.endsWith('DecisionReached'));
    expect(open.sort()).toEqual([
      'Accepter le but et le domaine de Relève · ProposalPresented',
      'Accueillir Thomas Bergeron dans notre cercle · EffectRefused',
      'Des jumelages entre deux rencontres · ClarificationAsked',
      'Deux rencontres d’hiver en ligne · ObjectionRaised',
      'Enregistrer nos séances pour les personnes absentes · IntegrationProposed',
      'Passer nos rencontres au jeudi · ProposalWithdrawn',
      'Sans écran, une rencontre sur deux · ReactionsClosed',
      'Un calendrier commun, fixé en juin · ConsentRoundClosed',
      'Un coin lecture qui circule · ProposalDrafted',
      'Un petit fonds de dépannage · ProposalPresented',
      'Une banque de documents ouverte · ConsentGiven',
      'Une pause au milieu de chaque rencontre · ReactionRecorded',
    ]);
    expect(facts.filter(({ type }) => type === 'DecisionReached')).toHaveLength(19);
    expect(facts.filter(({ type }) => type === 'ObjectionSetAsideAsConcern')).toHaveLength(1);
  });

  it('elects twelve officers and leaves two elections open', () => {
    const elections = ends(facts, 'election', 'office');
    expect(elections.filter((it) => it.endsWith('OfficerElected'))).toHaveLength(12);
    expect(elections.filter((it) => !it.endsWith('OfficerElected'))).toEqual([
      'secondLink · NominationSealed',
      'facilitator · ElectionConsentGiven',
    ]);
  });

  it('has circles of six to eight members, an expert, and one circle forming', async () => {
    const standing = (id: string) => house.standings.of(id, testCommunity, base);
    const root = await standing(rootCircleOf(testCommunity));
    const circles = await Promise.all(root.subCircles.map(standing));
    const shown = [root, ...circles].map(({ state, members, experts }) => `${state} ${members.length} ${experts}`);
    expect(shown).toEqual(['Active 8 ', 'Active 7 louise', 'Active 8 louise', 'Active 7 louise', 'Forming 5 ']);
  });

  it('is told in the order of time, and is over before now', () => {
    const times = facts.map(({ meta }) => meta.recordedAt);
    expect(times).toEqual([...times].sort());
    expect(times.at(-1)! < base).toBe(true);
  });

  it('speaks as the house speaks', () => {
    const said = facts.flatMap(({ data }) => textsIn(data)).join('\n');
    const never = /\b(?:veto|vot(?:e|es|er|ent)|consensus|candidate?s?|gagnante?s?|score)\b|!/gi;
    const misset = /.{0,20}(?:\w'\w| [:?;»]|« ).{0,20}/g;
    expect([...(said.match(never) ?? []), ...(said.match(misset) ?? [])]).toEqual([]);
  });

  it('is the same story however often its telling is cut short', async () => {
    const cut = await open();
    for (let commands = 61, over = false; !over; commands += 7)
      over = await told(cut, commands).then(
        () => true,
        (error: Error) => {
          if (error.cause instanceof Killed) return false;
          throw error;
        },
      );
    const told_ = ({ stream, type, meta }: Recorded): string => `${stream} ${type} ${meta.actor} ${meta.recordedAt}`;
    const sorted = (all: readonly Recorded[]): string[] => all.map(told_).sort();
    expect(sorted(await cut.facts())).toEqual(sorted(facts));
  });
});
