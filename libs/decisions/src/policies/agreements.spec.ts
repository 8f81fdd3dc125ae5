import type { AboutAgreement } from '../domain/proposal.events.js';
import { GiveConsent } from '../write/consent-round.commands.js';
import { elders, refused, Village } from '../write/spec.village.js';

const about = (agreementId: string, action: AboutAgreement['action'], baseVersion = 1): AboutAgreement => ({
  ...{ agreementId, baseVersion, action },
});
const becameOf = async (village: Village, proposalId: string): Promise<string> =>
  (await village.last<{ agreementId: string }>('proposal', proposalId, 'DecisionReached')).agreementId;
/** A circle with one agreement in force. */
async function agreed(): Promise<{ village: Village; agreementId: string }> {
  const village = await Village.active();
  return { village, agreementId: await becameOf(village, await village.decide('Une caisse commune')) };
}

describe('a decision about an agreement', () => {
  it('INV-50 renews it: the next version, with new dates, by a round of its own', async () => {
    const { village, agreementId } = await agreed();
    const said = { text: 'Une caisse commune.', agreement: about(agreementId, 'renew') };
    const proposalId = await village.decide('Garder la caisse', undefined, said);
    expect(await becameOf(village, proposalId)).toBe(agreementId);
    expect(await village.types('agreement', agreementId)).toEqual(['AgreementTookEffect', 'AgreementRenewed']);
    expect(await village.last('agreement', agreementId, 'AgreementRenewed')).toMatchObject({
      ...{ base: 1, version: 2, decided: 1, proposalId, reviewOn: '2027-06-30' },
      calendar: { zone: 'America/Toronto', overdueOn: '2027-07-30' },
    });
  });

  it('amends it, then repeals it', async () => {
    const { village, agreementId } = await agreed();
    await village.decide('Une caisse à deux clés', undefined, { agreement: about(agreementId, 'amend') });
    await village.decide('Plus de caisse', undefined, { agreement: about(agreementId, 'repeal', 2) });
    expect(await village.types('agreement', agreementId)).toEqual([
      ...['AgreementTookEffect', 'AgreementAmended', 'AgreementRepealed'],
    ]);
    expect(await village.last('agreement', agreementId, 'AgreementRepealed')).toMatchObject({ base: 2 });
    const drafting = village.draft('La caisse encore', undefined, { agreement: about(agreementId, 'renew', 2) });
    expect(await refused(drafting)).toBe('AGREEMENT_NOT_IN_FORCE');
  });

  it('puts another in its place', async () => {
    const { village, agreementId } = await agreed();
    const said = { agreement: about(agreementId, 'supersede') };
    const supersededBy = await becameOf(village, await village.decide('Un don libre', undefined, said));
    expect(supersededBy).not.toBe(agreementId);
    expect(await village.last('agreement', agreementId, 'AgreementSuperseded')).toMatchObject({ supersededBy });
    expect(await village.types('agreement', supersededBy)).toEqual(['AgreementTookEffect']);
  });

  it('happens once, however often the decision is delivered', async () => {
    const { village, agreementId } = await agreed();
    const said = { agreement: about(agreementId, 'supersede') };
    const proposalId = await village.decide('Un don libre', undefined, said);
    const before = (await village.house.facts()).length;
    for (const fact of await village.house.facts(`proposal-${proposalId}`)) await village.house.deliver(fact);
    expect((await village.house.facts()).length).toBe(before);
  });
});

describe('two decisions on one version of an agreement', () => {
  it('INV-54 is refused to the second when its round ends: its text goes back, and nothing is lost', async () => {
    const { village, agreementId } = await agreed();
    const said = { agreement: about(agreementId, 'amend') };
    const second = await village.heard('Trois clés', undefined, said);
    const roundId = await village.openRound(second);
    await village.decide('Deux clés', undefined, said);
    await village.consent(second, roundId);
    expect(await village.last('proposal', second, 'ConsentRoundVoided')).toMatchObject({ cause: 'agreementChanged' });
    expect(await village.types('agreement', agreementId)).toEqual(['AgreementTookEffect', 'AgreementAmended']);
    expect(await refused(village.draft('Encore', undefined, said))).toBe('AGREEMENT_BASE_CHANGED');
  });

  it.each(['amend', 'supersede'] as const)(
    'INV-54 is refused by the agreement itself when both were reached at once: %s',
    async (action) => {
      const { village, agreementId } = await agreed();
      const said = { agreement: about(agreementId, action) };
      const both = [
        await village.heard('Deux clés', undefined, said),
        await village.heard('Trois clés', undefined, said),
      ];
      for (const proposalId of both) {
        const roundId = await village.openRound(proposalId);
        // Nothing that happens by itself happens yet.
        for (const by of elders)
          await village.house.execute(new GiveConsent(village.house.by(by), { proposalId, roundId, version: 1 }));
      }
      await village.house.settle();
      const [first = '', second = ''] = both;
      expect(await village.types('proposal', first)).not.toContain('EffectRefused');
      expect(await village.last('proposal', second, 'EffectRefused')).toMatchObject({
        code: action === 'amend' ? 'AGREEMENT_BASE_CHANGED' : 'AGREEMENT_NOT_IN_FORCE',
      });
      expect(await village.types('agreement', agreementId)).toHaveLength(2);
      if (action === 'supersede') expect(await village.types('agreement', await becameOf(village, second))).toEqual([]);
      const logged = await village.types(
        'logbook',
        (await village.last<{ circleId: string }>('proposal', first, 'ProposalDrafted')).circleId,
      );
      expect(logged).toHaveLength(4);
    },
  );
});
