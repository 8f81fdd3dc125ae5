import type { Receipt } from '@app/event-store';
import { Refusal } from '@app/kernel';
import { type Command, CommandBus } from '@nestjs/cqrs';
import { testCommunity } from '../testing.js';
import { LeaveCommunity } from '../write/community.commands.js';
import { CircleFolds } from '../write/circle-folds.js';
import { foundVillage, openRacines, rootId } from '../write/spec.village.js';
import { WhenLinkOfficeChangesThenAnnounceSeat } from './when-link-office-changes-then-announce-seat.policy.js';
import { WhenMemberLeftCircleThenVacateLinkOffices } from './when-member-left-circle-then-vacate-link-offices.policy.js';
import { WhenMemberLeftThenWithdrawFromCircles } from './when-member-left-then-withdraw-from-circles.policy.js';

/** Refuses the first command, takes the others. */
class FirstRefused {
  readonly asked: object[] = [];

  async execute(command: Command<Receipt>): Promise<Receipt> {
    this.asked.push((command as unknown as { input: object }).input);
    if (this.asked.length === 1) throw new Refusal('NOT_FOUND');
    return { stream: 'circle-x', revision: 0, position: '1', types: [] };
  }
}

describe('a refusal at one target', () => {
  let refusing: FirstRefused;
  let bus: CommandBus;
  beforeEach(() => {
    refusing = new FirstRefused();
    bus = refusing as unknown as CommandBus;
  });
  const oneRefused = { refusals: [{ code: 'NOT_FOUND' }], receipts: [{ stream: 'circle-x' }] };

  it('does not keep a person who left in the other circles', async () => {
    const village = await foundVillage();
    await openRacines(village);
    await village.execute(new LeaveCommunity(village.by('marc')));
    const left = (await village.facts(`community-${testCommunity}`)).at(-1)!;
    const policy = new WhenMemberLeftThenWithdrawFromCircles(bus, new CircleFolds(village.streams));
    await expect(policy.on.MemberLeft(left)).rejects.toMatchObject(oneRefused);
    expect(refusing.asked).toMatchObject([{ circleId: rootId }, { circleId: 'racines' }]);
  });

  it('does not keep a former link in the other offices', async () => {
    const village = await foundVillage();
    const [any] = await village.facts();
    const linksEnded = ['a', 'b'].map((it) => ({ link: 'first', subCircleId: it, termId: `term-${it}` }));
    const left = { ...any!, type: 'MemberLeftCircle', data: { memberId: 'marc', linksEnded } };
    const policy = new WhenMemberLeftCircleThenVacateLinkOffices(bus);
    await expect(policy.on.MemberLeftCircle(left)).rejects.toMatchObject(oneRefused);
    expect(refusing.asked).toMatchObject([{ circleId: 'a' }, { circleId: 'b' }]);
  });

  it('does not keep the other seats from being announced', async () => {
    const village = await foundVillage();
    await openRacines(village);
    const activated = (await village.facts('circle-racines')).find((it) => it.type === 'CircleActivated')!;
    const policy = new WhenLinkOfficeChangesThenAnnounceSeat(bus, village.streams);
    await expect(policy.on.CircleActivated(activated)).rejects.toMatchObject(oneRefused);
    expect(refusing.asked).toMatchObject([{ link: 'first' }, { link: 'second' }]);
  });
});
