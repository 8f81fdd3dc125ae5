import 'reflect-metadata';
import { GraphQLSchemaBuilderModule, GraphQLSchemaFactory } from '@nestjs/graphql';
import { Test } from '@nestjs/testing';
import { type GraphQLObjectType, type GraphQLSchema, isObjectType, isUnionType, printSchema } from 'graphql';
import { refusalCodes, say } from '@app/wording';
import { decisionsResolvers } from '../decisions.module.js';
import { decisionRefusals } from '../domain/refusals.js';

let schema: GraphQLSchema;
beforeAll(async () => {
  const app = await Test.createTestingModule({ imports: [GraphQLSchemaBuilderModule] }).compile();
  schema = await app.get(GraphQLSchemaFactory).create([...decisionsResolvers]);
});

const fieldsOf = (type: string): string[] => Object.keys((schema.getType(type) as GraphQLObjectType).getFields());

describe('what clients can ask of decisions', () => {
  it('answers every mutation with the proposal, or why not', () => {
    for (const [name, { type, args }] of Object.entries(schema.getMutationType()!.getFields())) {
      const union = String(type).replace('!', '');
      const verb = name[0]!.toUpperCase() + name.slice(1);
      expect([name, union]).toEqual([name, `${verb}Result`]);
      const members = schema.getType(union);
      expect(isUnionType(members) && members.getTypes().map(String)).toEqual(['Proposal', 'Refused', 'Recorded']);
      expect(args.map((it) => String(it.type))).toEqual([`${verb}Input!`]);
    }
  });

  it('INV-30 INV-38 INV-44 INV-50 INV-52 has no mutation that decides, discards, abstains, renews or rewrites', () => {
    expect(Object.keys(schema.getMutationType()!.getFields()).sort()).toEqual(
      [
        ...['draftProposal', 'reviseDraft', 'welcomeCoAuthor', 'withdrawProposal', 'presentProposal', 'amendProposal'],
        ...['keepVersion', 'confirmStillMeetsNeed', 'openClarifying', 'askClarification', 'answerClarification'],
        ...['openReacting', 'recordReaction', 'closeReactions', 'openConsentRound', 'giveConsent', 'raiseObjection'],
        ...['disputeAnswer', 'closeConsentRound', 'proposeIntegration', 'confirmResolved', 'adoptObjection'],
        ...['requestObjectionTest', 'judgeObjection', 'closeObjectionTest'],
      ].sort(),
    );
  });

  it('pages every list that grows', () => {
    const lists = Object.values(schema.getTypeMap())
      .filter((type): type is GraphQLObjectType => isObjectType(type) && !/^__|Connection$|Edge$/.test(type.name))
      .flatMap((type) =>
        Object.values(type.getFields()).map((field) => [`${type.name}.${field.name}`, String(field.type)]),
      )
      .filter(([, type]) => /^\[(?!String|ID)/.test(type!))
      .map(([name]) => name);
    expect(lists.sort()).toEqual([
      'Agreement.concerns',
      'Agreement.keptObjections',
      'ChangeDomainEffect.add',
      'ConsentRound.roster',
      'FieldComparison.parts',
      'Objection.judges',
      'Proposal.coAuthors',
      'ProposalVersion.cites',
      'Refused.details',
      'VersionComparison.changes',
    ]);
  });

  it('shows no draft, no place in the log and no raw row', () => {
    const fields = fieldsOf('Proposal');
    expect(fields.filter((it) => /[pP]osition|draft[A-Z]|communityId|refused[CD]/.test(it))).toEqual([]);
    expect(fieldsOf('Answer')).not.toContain('roundId');
  });

  it('describes itself', () => expect(printSchema(schema)).toContain('type Proposal {'));
});

describe('every refusal of a decision', () => {
  it('has its words', () => expect(decisionRefusals.filter((it) => !refusalCodes().includes(it))).toEqual([]));

  it.each(['fr', 'en'] as const)('says what to do: %s', (locale) => {
    for (const code of decisionRefusals) expect(say(locale, code)).not.toBe(code);
  });
});
