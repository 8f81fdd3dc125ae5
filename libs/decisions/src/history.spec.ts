import { readdirSync, readFileSync } from 'node:fs';
import { Codec } from '@app/event-store';
import { MemoryVault } from '@app/vault/adapters';
import { Value } from '@sinclair/typebox/value';
import { type Decider, type EventCatalogue, type Fact, fold, streamOf } from '@app/kernel';
import { agreement } from './domain/agreement.js';
import { agreementEvents, logbookEvents } from './domain/agreement.events.js';
import { logbook } from './domain/logbook.js';
import { proposal } from './domain/proposal.js';
import { proposalEvents } from './domain/proposal.events.js';

const museum = new URL('./domain/history/', import.meta.url);
const files = readdirSync(museum);
const read = (file: string) => JSON.parse(readFileSync(new URL(file, museum), 'utf8')) as Fact & { version: number };
const example = <F extends Fact>(type: string): F => {
  const { data } = read(`${type}.v1.json`);
  return { type, data } as F;
};

const presented = ['ProposalDrafted', 'DraftRevised', 'CoAuthorJoined', 'ProposalPresented'];
const clarified = ['ClarifyingOpened', 'ClarificationAsked', 'ClarificationAnswered'];
const heard = [...presented, ...clarified, 'ReactingOpened', 'ReactionRecorded', 'ReactionsClosed'];
const opened = [...heard, 'ProposalAmended', 'StillMeetsNeedConfirmed', 'VersionKept', 'ConsentRoundOpened'];
const left = [...opened, 'ConsentGiven', 'AnswerDisputed', 'ObjectionRaised', 'RosterReduced'];

/** Every event in a story it could stand in. */
const stories: readonly (readonly [types: string[], told: (types: string[]) => unknown])[] = [
  [[...left, 'ObjectionAdopted', 'ConsentRoundClosed', 'IntegrationProposed', 'ObjectionResolved'], tell(proposal)],
  [
    [
      ...[...left, 'ConsentRoundClosed', 'ObjectionTestRequested', 'ObjectionJudged'],
      ...['ObjectionTested', 'ObjectionSetAsideAsConcern'],
    ],
    tell(proposal),
  ],
  [[...left, 'ObjectionOrphaned', 'ConsentRoundVoided', 'ProposalWithdrawn'], tell(proposal)],
  [[...opened, 'ConsentGiven', 'DecisionReached', 'EffectRefused'], tell(proposal)],
  [['AgreementTookEffect', 'AgreementRenewed', 'AgreementAmended', 'AgreementRepealed'], tell(agreement)],
  [['AgreementTookEffect', 'AgreementSuperseded'], tell(agreement)],
  [['AgreementTookEffect', 'ReviewBecameDue', 'ReviewBecameOverdue', 'AgreementLapsed'], tell(agreement)],
  [['LogEntryWritten', 'LogCorrectionAppended'], tell(logbook)],
];

function tell<S, F extends Fact>(decider: Decider<S, F>) {
  return (types: string[]): S =>
    fold(
      decider,
      types.map((type) => example<F>(type)),
    );
}

const catalogues: readonly EventCatalogue[] = [proposalEvents, agreementEvents, logbookEvents];
const declared = catalogues.flatMap(({ types }) => Object.entries(types));
const categories = catalogues.flatMap(({ category, types }) =>
  Object.keys(types).map((type) => [type, category] as const),
);

describe('the museum of decisions', () => {
  it('holds one example of every version of every event', () => {
    const expected = declared.flatMap(([type, { version }]) =>
      Array.from({ length: version }, (_, older) => `${type}.v${older + 1}.json`),
    );
    expect([...files].sort()).toEqual(expected.sort());
  });

  it.each(declared)('still reads %s as it is declared', (type, { version, data }) => {
    const kept = read(`${type}.v${version}.json`);
    expect(kept).toMatchObject({ type, version });
    expect([...Value.Errors(data, kept.data)]).toEqual([]);
  });

  it('folds every event in a story', () => {
    for (const [types, told] of stories) told(types);
    const told = new Set(stories.flatMap(([types]) => types));
    expect([...told].sort()).toEqual(declared.map(([type]) => type).sort());
  });

  it.each(categories)('brings %s through the codec of the %s streams and back', async (type, category) => {
    const codec = new Codec(new MemoryVault(), catalogues);
    const fact = example(type);
    const place = { id: `ev-${type}`, category, community: 'cm-solidarite', circle: 'cr-racines' };
    const [encoded] = await codec.encode([fact], [place]);
    const stream = streamOf(category, 'x');
    const meta = { v: '1', community: place.community, circle: place.circle };
    const stored = { id: place.id, stream, revision: 0, position: '1', type, data: encoded!.data, meta };
    const [decoded] = await codec.decode([stored]);
    expect(decoded?.data).toEqual(fact.data);
    expect(JSON.stringify(encoded!.data)).not.toMatch(/étudiant|Frais/);
  });
});
