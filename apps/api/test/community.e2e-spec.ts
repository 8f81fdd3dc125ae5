import { type Person, Ronde } from './support.js';

let ronde: Ronde;
let maite: Person;
beforeAll(async () => {
  ronde = await Ronde.open();
  maite = await ronde.person('Maïté');
});
afterAll(() => ronde.close());

const founding = {
  name: 'Communauté de solidarité',
  circleName: 'Cercle général',
  aim: 'Prendre soin les uns des autres',
  domain: ['La vie commune', 'Les locaux'],
  meetingsPerYear: 10,
  commandId: 'found-1',
};

describe('a community', () => {
  it('is founded with its root circle, once however often the button is pressed', async () => {
    const found = () =>
      maite.does('foundCommunity', founding, { view: 'Community', selection: 'id name rootCircleId' });
    const [first, second] = [await found(), await found()];
    expect(first).toMatchObject({ __typename: 'Community', name: founding.name });
    expect(second).toEqual(first);
    const { organisation } = await maite.gets(
      '{ organisation { rootCircle { name aim state domain { text } } circles { nodes { name } } } }',
    );
    expect(organisation.rootCircle).toEqual({
      name: 'Cercle général',
      aim: founding.aim,
      state: 'Forming',
      domain: expect.arrayContaining([{ text: 'La vie commune' }, { text: 'Les locaux' }]),
    });
    expect(organisation.circles.nodes).toEqual([{ name: 'Cercle général' }]);
  });

  it('refuses a command id that served for something else', async () =>
    expect(
      await maite.does('foundCommunity', { ...founding, name: 'Autre' }, { view: 'Community', selection: 'id' }),
    ).toMatchObject({ __typename: 'Refused', code: 'COMMAND_ID_REUSED' }));

  it('is joined by an invitation that works once', async () => {
    const invitation = await maite.does('invite', {}, { view: 'Invitation', selection: 'token' });
    const redeeming = {
      token: invitation.token,
      account: { name: 'Naomi', email: 'naomi@ronde.test', password: 'correct horse battery' },
    };
    const redeem = (input: object) =>
      ronde.ask(
        'mutation ($input: RedeemInvitationInput!) { redeemInvitation(input: $input) { __typename ... on Membership { member { id name } } ... on Refused { code } } }',
        { input },
      );
    expect((await redeem(redeeming)).data.redeemInvitation).toMatchObject({
      __typename: 'Membership',
      member: { name: 'Naomi' },
    });
    const again = { ...redeeming, account: { ...redeeming.account, email: 'other@ronde.test' } };
    expect((await redeem(again)).data.redeemInvitation).toMatchObject({
      __typename: 'Refused',
      code: 'INVITATION_USED',
    });
  });

  it('keeps a record that is whole, told in both languages', async () => {
    const { organisation } = await maite.gets('{ organisation { rootCircle { id } } }');
    const { auditTrail, verifyAuditTrail } = await maite.gets(
      `query ($circleId: ID!) {
        auditTrail(circleId: $circleId, order: oldestFirst) { nodes { type fr en member { name } } }
        verifyAuditTrail { whole events message }
      }`,
      { circleId: organisation.rootCircle.id },
    );
    expect(auditTrail.nodes[0]).toMatchObject({ type: 'CircleProposed', member: null });
    expect(verifyAuditTrail).toMatchObject({ whole: true });
    expect(verifyAuditTrail.events).toBeGreaterThan(3);
  });
});

describe('input that is malformed', () => {
  it('is told field by field, in the reader’s language, and changes nothing', async () => {
    const query = 'mutation ($input: FoundCommunityInput!) { foundCommunity(input: $input) { __typename } }';
    const input = { ...founding, name: ' ', aim: 'a\u0007b', meetingsPerYear: -1, commandId: 'a b' };
    const { data, errors } = await maite.ask(query, { input }, { locale: 'en' });
    expect(data).toBeNull();
    expect(errors?.[0]?.extensions).toEqual({
      code: 'BAD_USER_INPUT',
      problems: expect.arrayContaining([
        { path: 'input.name', rule: 'notBlank', message: 'Write something.' },
        { path: 'input.aim', rule: 'wellFormed', message: expect.stringContaining('cannot be shown') },
        { path: 'input.commandId', rule: 'isIdentifier', message: 'This is not an identifier.' },
      ]),
    });
    const french = await maite.ask(query, { input }, { locale: 'fr' });
    expect(french.errors?.[0]?.message).toMatch(/champs sont à corriger/);
  });

  it('is told when a variable has the wrong type', async () => {
    const { errors } = await maite.ask('query ($id: ID!) { circle(id: $id) { id } }', { id: { a: 1 } });
    expect(errors?.[0]).toMatchObject({
      extensions: { code: 'BAD_USER_INPUT' },
      message: expect.stringMatching(/^A value you sent/),
    });
  });

  it('gives a foreign id and a random one the same answer', async () => {
    const other = await ronde.person('Salma');
    await other.does('foundCommunity', { ...founding, commandId: 'found-2' }, { view: 'Community', selection: 'id' });
    const { organisation } = await maite.gets('{ organisation { rootCircle { id } } }');
    const { circle } = await other.gets('query ($id: ID!) { circle(id: $id) { id } }', {
      id: organisation.rootCircle.id,
    });
    expect(circle).toBeNull();
  });
});
