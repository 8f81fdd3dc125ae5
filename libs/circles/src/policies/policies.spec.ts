import { EraseMyData, LeaveCommunity } from '../write/community.commands.js';
import { LeaveCircle } from '../write/membership.commands.js';
import { ResignOffice, StartTerm } from '../write/offices.commands.js';
import {
  convene,
  elect,
  elders,
  foundVillage,
  gather,
  openRacines,
  openRoot,
  rootId,
  standing,
  termOf,
} from '../write/spec.village.js';
import { OfferAdmission } from '../write/forming.commands.js';
import { type CirclesInMemory, decidingPolicy, testCommunity } from '../testing.js';

const rootFacts = async (village: CirclesInMemory, type: string) =>
  (await village.facts(`circle-${rootId}`)).filter((it) => it.type === type).map((it) => it.data);
const last = async (village: CirclesInMemory, stream: string, count: number) =>
  (await village.facts(stream)).slice(-count).map(({ type, data }) => ({ type, data }));

describe('when a community is founded', () => {
  it('its root circle is proposed, caused by the founding', async () => {
    const village = await foundVillage();
    const [founded] = await village.facts(`community-${testCommunity}`);
    const [proposed] = await village.facts(`circle-${rootId}`);
    expect(proposed!.meta).toMatchObject({ $causationId: founded!.id, $correlationId: 'spec' });
  });
});

describe('when an office gives a seat in the parent', () => {
  it('the parent is told at the activation of whoever was elected before', async () => {
    const village = await foundVillage();
    await openRacines(village);
    const activated = (await village.facts('circle-racines')).find((it) => it.type === 'CircleActivated');
    expect(await rootFacts(village, 'LinkSeated')).toEqual([
      { link: 'first', memberId: 'marc', subCircleId: 'racines', causedBy: activated!.id },
      { link: 'second', memberId: 'lise', subCircleId: 'racines', causedBy: activated!.id },
    ]);
  });

  it('the parent is told nothing before', async () => {
    const village = await foundVillage();
    await openRoot(village);
    await convene(village);
    await gather(village);
    expect(await rootFacts(village, 'LinkSeated')).toEqual([]);
  });

  it('the parent is told of an election later, and that the seat before it ended', async () => {
    const village = await foundVillage();
    await openRacines(village);
    await elect(village, 'racines', 'secondLink', 'ines');
    const [vacated, started] = (await village.facts('circle-racines')).slice(-2);
    expect(await last(village, `circle-${rootId}`, 2)).toEqual([
      {
        type: 'LinkSeatEnded',
        data: {
          link: 'second',
          memberId: 'lise',
          subCircleId: 'racines',
          cause: 'replaced',
          causedBy: vacated!.id,
        },
      },
      {
        type: 'LinkSeated',
        data: { link: 'second', memberId: 'ines', subCircleId: 'racines', causedBy: started!.id },
      },
    ]);
  });

  it('the parent is told of a resignation and of a departure', async () => {
    const village = await foundVillage();
    await openRacines(village);
    await village.settled(new ResignOffice(village.by('lise'), { circleId: 'racines', office: 'secondLink' }));
    await village.settled(new LeaveCircle(village.by('marc'), { circleId: 'racines' }));
    expect(await rootFacts(village, 'LinkSeatEnded')).toMatchObject([
      { memberId: 'lise', cause: 'resigned' },
      { memberId: 'marc', cause: 'leftCircle' },
    ]);
  });

  it('INV-16 an office held in the parent by that seat alone ends with it', async () => {
    const village = await foundVillage();
    await openRacines(village);
    await elect(village, rootId, 'facilitator', 'lise');
    await village.settled(new ResignOffice(village.by('lise'), { circleId: 'racines', office: 'secondLink' }));
    expect(await last(village, `circle-${rootId}`, 2)).toMatchObject([
      { type: 'LinkSeatEnded' },
      { type: 'OfficeVacated', data: { office: 'facilitator', memberId: 'lise', cause: 'leftCircle' } },
    ]);
  });

  it('the offices of the root give no seat, and other offices none either', async () => {
    const village = await foundVillage();
    await openRoot(village);
    await elect(village, rootId, 'leader', 'leo');
    expect(await rootFacts(village, 'LinkSeated')).toEqual([]);
    expect(await rootFacts(village, 'LinkSeatEnded')).toEqual([]);
  });
});

describe('when a link leaves the parent', () => {
  it('INV-16 their office in the sub-circle ends, and the parent is told', async () => {
    const village = await foundVillage();
    await openRacines(village);
    await village.settled(new LeaveCircle(village.by('lise'), { circleId: rootId }));
    expect(await last(village, 'circle-racines', 1)).toMatchObject([
      { type: 'OfficeVacated', data: { office: 'secondLink', memberId: 'lise', cause: 'leftParent' } },
    ]);
    expect(await last(village, `circle-${rootId}`, 2)).toMatchObject([
      { type: 'MemberLeftCircle', data: { memberId: 'lise', linksEnded: [{ subCircleId: 'racines' }] } },
      { type: 'LinkSeatEnded', data: { memberId: 'lise', cause: 'leftParent' } },
    ]);
    expect((await standing(village, 'racines')).members).toContain('lise');
    await elect(village, 'racines', 'secondLink', 'ines');
    expect((await standing(village, rootId)).members).toEqual([...elders, 'marc', 'ines']);
  });
});

describe('when a member leaves the community', () => {
  it('they leave every circle, whatever they were there', async () => {
    const village = await foundVillage();
    await openRacines(village);
    for (const member of ['marc', 'solange']) await village.settled(new LeaveCommunity(village.by(member)));
    expect(await standing(village, 'racines')).toMatchObject({
      members: ['zoe', 'luc', 'lise', 'paul', 'ines'],
      holders: { facilitator: 'zoe', secretary: 'luc', secondLink: 'lise' },
      experts: [],
    });
    expect((await standing(village, rootId)).members).toEqual([...elders, 'lise']);
    expect((await village.facts('circle-racines')).filter((it) => it.type === 'OfficeVacated')).toMatchObject([
      { data: { office: 'leader', memberId: 'marc', cause: 'leftCommunity' } },
    ]);
  });

  it('an offer that waits for them is taken back', async () => {
    const village = await foundVillage();
    await village.execute(new OfferAdmission(village.by('ana'), { circleId: rootId, memberId: 'maya' }));
    await village.settled(new LeaveCommunity(village.by('maya')));
    expect(await last(village, `circle-${rootId}`, 1)).toEqual([
      { type: 'AdmissionDeclined', data: { memberId: 'maya', by: 'maya' } },
    ]);
  });
});

describe('when a person asks to be forgotten', () => {
  it('their key is destroyed, they are forgotten elsewhere, and they leave', async () => {
    const village = await foundVillage();
    await openRacines(village);
    const handover = 'Ma clé est sous le pot.';
    await village.settled(
      new ResignOffice(village.by('zoe'), { circleId: 'racines', office: 'facilitator', handover }),
    );
    await village.settled(new EraseMyData(village.by('zoe')));
    expect(village.forgotten.members).toEqual(['zoe']);
    expect((await village.vault.keys(['member:zoe'])).get('member:zoe')).toBeNull();
    const resigned = (await village.facts('circle-racines')).find((it) => it.type === 'OfficeResigned');
    expect(resigned!.data).toMatchObject({ memberId: 'zoe', handover: null });
    expect((await standing(village, 'racines')).members).not.toContain('zoe');
    expect((await village.facts(`community-${testCommunity}`)).slice(-2).map((it) => it.type)).toEqual([
      'PersonalDataErased',
      'MemberLeft',
    ]);
  });

  it('who had left before is forgotten all the same', async () => {
    const village = await foundVillage();
    await openRacines(village);
    await village.settled(new LeaveCommunity(village.by('zoe')));
    await village.settled(new EraseMyData(village.by('zoe')));
    expect(village.forgotten.members).toEqual(['zoe']);
    expect((await village.facts(`community-${testCommunity}`)).at(-1)!.type).toBe('PersonalDataErased');
  });
});

describe('an event delivered twice', () => {
  it('causes the same commands, hence nothing new', async () => {
    const village = await foundVillage();
    await openRacines(village);
    await elect(village, 'racines', 'secondLink', 'ines');
    await village.settled(new LeaveCircle(village.by('ines'), { circleId: rootId }));
    await village.settled(new EraseMyData(village.by('zoe')));
    const whole = await village.facts();
    for (const fact of whole) await village.deliver(fact);
    expect(await village.facts()).toEqual(whole);
  });
});

describe('a policy that was behind', () => {
  it('tells the parent the whole story in order, seats that ended meanwhile too', async () => {
    const village = await foundVillage();
    await openRacines(village);
    await village.execute(new ResignOffice(village.by('lise'), { circleId: 'racines', office: 'secondLink' }));
    await village.execute(new StartTerm(village.by(decidingPolicy), termOf('racines', 'secondLink', 'ines')));
    await village.execute(new ResignOffice(village.by('ines'), { circleId: 'racines', office: 'secondLink' }));
    await village.settle();
    expect(await last(village, `circle-${rootId}`, 3)).toMatchObject([
      { type: 'LinkSeatEnded', data: { memberId: 'lise' } },
      { type: 'LinkSeated', data: { memberId: 'ines' } },
      { type: 'LinkSeatEnded', data: { memberId: 'ines' } },
    ]);
  });
});
