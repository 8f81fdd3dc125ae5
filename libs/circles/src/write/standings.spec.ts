import { Refusal } from '@app/kernel';
import { decidedBy, decidingPolicy } from '../testing.js';
import { ActivateCircle } from './forming.commands.js';
import { AnnounceLinkSeated } from './link-seats.commands.js';
import { AdmitMember, LeaveCircle } from './membership.commands.js';
import { ResignOffice } from './offices.commands.js';
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
} from './spec.village.js';

const refused = async (act: Promise<unknown>): Promise<string> => {
  const error: unknown = await act.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  return error instanceof Refusal ? error.code : `not refused: ${String(error)}`;
};

describe('standing', () => {
  it('INV-15 seats both links in the parent from the activation on, or from the election when it comes later', async () => {
    const village = await foundVillage();
    await openRoot(village);
    await convene(village);
    await gather(village);
    await elect(village, 'racines', 'secondLink', 'lise');
    expect((await standing(village, rootId)).members).toEqual(elders);
    await village.execute(new ActivateCircle(village.by('marc'), { circleId: 'racines' }));
    expect(await standing(village, rootId)).toMatchObject({
      members: [...elders, 'marc', 'lise'],
      linkOnly: ['marc', 'lise'],
    });
    await elect(village, 'racines', 'secondLink', 'ines');
    expect((await standing(village, rootId)).members).toEqual([...elders, 'marc', 'ines']);
  });

  it('INV-16 ends a seat at the resignation, and at the departure', async () => {
    const village = await foundVillage();
    await openRacines(village);
    await village.execute(new ResignOffice(village.by('lise'), { circleId: 'racines', office: 'secondLink' }));
    expect((await standing(village, rootId)).members).toEqual([...elders, 'marc']);
    await village.execute(new LeaveCircle(village.by('marc'), { circleId: 'racines' }));
    expect((await standing(village, rootId)).members).toEqual(elders);
  });

  it('INV-16 takes the office in the parent from who sits there no longer, before anything is announced', async () => {
    const village = await foundVillage();
    await openRacines(village);
    await elect(village, rootId, 'facilitator', 'lise');
    expect((await standing(village, rootId)).holders.facilitator).toBe('lise');
    await village.execute(new ResignOffice(village.by('lise'), { circleId: 'racines', office: 'secondLink' }));
    expect((await standing(village, rootId)).holders.facilitator).toBeUndefined();
  });

  it('INV-09 counts a link who was also admitted once', async () => {
    const village = await foundVillage();
    await openRacines(village);
    const input = { circleId: rootId, memberId: 'lise', decision: decidedBy('x') };
    await village.execute(new AdmitMember(village.by(decidingPolicy), input));
    const { members, linkOnly } = await standing(village, rootId);
    expect(members.filter((it) => it === 'lise')).toHaveLength(1);
    expect(linkOnly).toEqual(['marc']);
  });

  it('vacates an office when its caretaker’s time is over, with nobody announcing it', async () => {
    const village = await foundVillage();
    await openRacines(village);
    village.clock.set('2028-04-15T12:00:00.000Z');
    expect((await standing(village, 'racines')).holders).toMatchObject({ facilitator: 'zoe', secondLink: 'lise' });
    village.clock.set('2028-05-15T12:00:00.000Z');
    expect((await standing(village, 'racines')).holders).toEqual({ secondLink: 'lise' });
  });

  it('is told by policies alone', async () => {
    const village = await foundVillage();
    await openRacines(village);
    const seat = { circleId: rootId, subCircleId: 'racines', link: 'second' as const, memberId: 'zoe', causedBy: 'x' };
    expect(await refused(village.execute(new AnnounceLinkSeated(village.by('marc'), seat)))).toBe('ONLY_BY_DECISION');
  });
});
