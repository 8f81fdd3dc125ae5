import { randomUUID } from 'node:crypto';
import { anyOf, Attempts, type Values, type Voices } from './attempts.js';
import type { LivingCircle, OpenMatters } from './living-circle.js';
import type { Answer, Person } from './support.js';

type Told = Answer<Record<string, { readonly __typename: string; readonly code?: string }> | null>;
interface Actor {
  readonly role: string;
  asks(query: string, variables: object): Promise<Told>;
}

/** What there is to try things on, with what the fields of an input are filled with there. */
interface Table {
  readonly proposals: readonly Values[];
  readonly elections: readonly Values[];
  readonly circles: readonly Values[];
  readonly voices: Voices;
}

const words = 'Tout le monde serait d’accord.';
/** What fields are filled with wherever they stand. `undefined` leaves a field out. */
const anywhere: Values = {
  ...{ text: [words], why: [words], need: [words], example: [words], title: [words], reason: [words] },
  ...{ argument: [words], affects: [words], remedy: [undefined], concern: [words], rationale: [words] },
  ...{ duties: [words], qualities: [words], handover: [words], resources: [words], plan: [words], aim: [words] },
  ...{ name: ['Cercle'], circleName: ['Cercle'], label: ['script'], displayName: [undefined], domain: [['vie']] },
  ...{ measures: [['présences']], zone: ['America/Toronto'], email: ['somebody@ronde.test'], locale: ['fr'] },
  ...{ password: ['correct horse battery'], meetingsPerYear: [8], leaderTermMonths: [12], seat: [1, 2] },
  ...{ kind: anyOf(1), option: anyOf(2), cause: anyOf(1), category: anyOf(1) },
  ...{ onMissedReview: anyOf(1), office: anyOf(4) },
  ...{ agreement: [undefined], 'PresentProposalInput.cites': [undefined], 'AmendProposalInput.cites': [undefined] },
  // That an objection is none: all the others would have to say so.
  stands: [false],
  ...{ substantial: [false, true], understood: [true], tokens: [true], acceptAimAndDomain: [true] },
  ...{ expiresAt: [undefined], expiresOn: [undefined], itemId: [undefined], remove: [[]], integrationId: [undefined] },
  ...{ responsibleId: [undefined], domainItemId: [undefined], by: [undefined], 'InviteInput.email': [undefined] },
  ...{ 'RecordPresenceInput.present': [true, false], 'OpenMeetingInput.present': [[]], version: [1], baseVersion: [1] },
};

/** Every mutation, as everybody but Paul, who is away, and Inès, who objected: what waits for their word is what is tried on. */
export class Trials {
  /** How often each answer came, by mutation: the code of a refusal or an error, or the view. */
  readonly answers = new Map<string, Map<string, number>>();

  private constructor(
    private readonly circle: LivingCircle,
    readonly attempts: Attempts,
    readonly actors: readonly Actor[],
    private readonly table: Table,
  ) {}

  static async of(circle: LivingCircle, matters: OpenMatters): Promise<Trials> {
    const attempts = await Attempts.of(circle.ronde);
    return new Trials(circle, attempts, await actorsOf(circle), await tableOf(circle, matters));
  }

  /** Tries a mutation on everything there is, as everybody. Fails where an input was malformed: then nothing was tried. */
  async everything(mutation: string): Promise<void> {
    const document = await this.circle.ronde.document(mutation);
    for (const values of this.placesOf(mutation))
      for (const input of this.attempts.inputsOf(mutation, values, this.table.voices))
        await Promise.all(this.actors.map((actor) => this.one(mutation, document, input, actor)));
  }

  private placesOf(mutation: string): readonly Values[] {
    const { proposals, elections, circles } = this.table;
    if (this.attempts.takes(mutation, 'proposalId')) return proposals;
    if (this.attempts.takes(mutation, 'electionId')) return elections;
    return this.attempts.takes(mutation, 'circleId') ? circles : circles.slice(0, 1);
  }

  private async one(mutation: string, document: string, filled: object, { role, asks }: Actor): Promise<void> {
    const click = this.attempts.takes(mutation, 'commandId') ? { commandId: randomUUID() } : {};
    const input = { ...filled, ...click };
    const { data, errors } = await asks(document, { input });
    const answer = data?.[mutation];
    const told = errors?.[0]?.extensions.code ?? answer?.code ?? answer?.__typename ?? 'nothing';
    const counts = this.answers.get(mutation) ?? new Map<string, number>();
    this.answers.set(mutation, counts.set(told, (counts.get(told) ?? 0) + 1));
    if (errors !== undefined && !['UNAUTHENTICATED', 'NO_COMMUNITY', 'NOT_YOUR_COMMUNITY'].includes(told))
      throw new Error(`${role}, ${mutation} ${JSON.stringify(input)}: ${JSON.stringify(errors)}`);
  }
}

async function actorsOf({ ronde, cast, colin, theo, salma, communityId }: LivingCircle): Promise<Actor[]> {
  // Everybody may found a community of their own, and then has to say for which one they ask.
  const as = (role: string, person: Person, community = communityId): Actor => ({
    role,
    asks: (query, variables) => person.ask(query, variables, { community }),
  });
  const theirs = '{ organisation { community { id } } }';
  const elsewhere = await salma.gets<{ organisation: { community: { id: string } } }>(theirs);
  return [
    as('member, and author', cast.ana),
    as('leader', cast.marc),
    as('facilitator', cast.zoe),
    as('secretary', cast.luc),
    as('second link', cast.lise),
    as('expert', cast.solange),
    as('former member', theo),
    as('member of the parent circle', cast.nadia),
    as('leader of the parent circle', cast.omar),
    as('community member', colin),
    as('member of another community', salma, elsewhere.organisation.community.id),
    { role: 'nobody', asks: (query, variables) => ronde.ask(query, variables) },
  ];
}

async function tableOf(circle: LivingCircle, matters: OpenMatters): Promise<Table> {
  const { cast, racines, general, integrated } = circle;
  const { objected, unanswered, integrating, reacting, draft, semisId } = matters;
  const { nominating, proposed, electionObjected, electionIntegrating, accepting } = matters;
  const anyone = await hereAndNow(circle, matters);
  const on = (matter: Readonly<Record<string, unknown>>, more: Values = {}): Values => {
    const { objectionId } = matter;
    const own = Object.fromEntries(Object.entries(matter).map(([field, value]) => [field, [value]]));
    return { ...anyone, ...own, ...(objectionId === undefined ? {} : { objectionIds: [[objectionId]] }), ...more };
  };
  const [paul, ines, meetingId] = [cast.paul.memberId, cast.ines.memberId, objected.meetingId];
  return {
    proposals: [
      on({ ...objected }),
      on({ ...unanswered }),
      on({ ...integrating }, { version: [1, 2], baseVersion: [1, 2] }),
      on({ ...reacting }),
      on({ ...integrated }, { version: [2] }),
      on({ ...draft }),
    ],
    elections: [nominating, proposed, electionObjected, electionIntegrating, accepting].map((it) => on({ ...it })),
    circles: [racines.circleId, general.circleId, semisId].map((circleId) => on({ circleId })),
    voices: [
      {},
      ...['voice', 'paper', 'own'].map((channel) => ({ person: paul, channel, meetingId })),
      { person: paul, channel: 'voice' },
      { person: ines, channel: 'voice', meetingId },
    ],
  };
}

/** What the fields of an input are filled with where the matter at hand does not say it. */
async function hereAndNow({ ronde, cast, racines, colin }: LivingCircle, matters: OpenMatters): Promise<Values> {
  const { accepting, objected, integrating, unanswered, reacting } = matters;
  const [paul, ines, ana] = [cast.paul.memberId, cast.ines.memberId, cast.ana.memberId];
  const { election, circle } = await cast.zoe.gets<{
    readonly election: { readonly reasons: readonly { readonly id: string }[] };
    readonly circle: { readonly domain: readonly { readonly id: string }[] };
  }>(
    'query ($electionId: ID!, $circleId: ID!) { election(id: $electionId) { reasons { id } } circle(id: $circleId) { domain { id } } }',
    { electionId: accepting.electionId, circleId: racines.circleId },
  );
  type Tokens = { me: { apiTokens: { id: string }[] } };
  const { me } = await cast.paul.gets<Tokens>('{ me { apiTokens { id } } }');
  const { token } = await cast.marc.acts<{ token: string }>('invite');
  return {
    ...anywhere,
    ...{ memberId: [paul, ines, undefined], person: [paul, ana], nominee: [ana], leaderId: [paul] },
    ...{ 'HandOverLeadInput.to': [paul, undefined], 'ChangeNominationInput.to': [ana] },
    ...{ 'AdmitMemberEffectInput.memberId': [colin.memberId], 'RemoveMemberEffectInput.memberId': [paul] },
    'WelcomeCoAuthorInput.memberId': [paul],
    ...{ 'OfferAdmissionInput.memberId': [colin.memberId, paul], expertId: [colin.memberId] },
    ...{ items: [circle.domain.map(({ id }) => id)], cites: [election.reasons.map(({ id }) => id).slice(0, 1)] },
    ...{ tokenId: [me.apiTokens[0]?.id], token: [token], circleId: [racines.circleId] },
    ...{ from: [ronde.day()], to: [ronde.day(300)], reviewOn: [ronde.day(400)], due: [ronde.day(50)] },
    ...{ questionId: [reacting.questionId], roundId: [unanswered.roundId], meetingId: [objected.meetingId] },
    ...{ objectionId: [integrating.objectionId], objectionIds: [[integrating.objectionId]] },
  };
}
