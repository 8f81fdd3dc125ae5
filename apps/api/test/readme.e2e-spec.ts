import { readFileSync } from 'node:fs';
import { type IncomingMessage, request } from 'node:http';
import { text } from 'node:stream/consumers';
import { demoAccounts, demoPassword } from '../src/demo/people.js';
import { Ronde } from './support.js';

const readme = readFileSync(new URL('../../../README.md', import.meta.url), 'utf8');
const printedUrl = 'http://127.0.0.1:3000';

/** The fenced blocks of the tour, in order. */
const [, tour = ''] = readme.split('## Five minutes with the API');
const blocks = [...tour.split('\n## ')[0]!.matchAll(/^```(sh|graphql)\n(.*?)^```$/gms)].map(([, kind, code = '']) => ({
  kind,
  code,
}));
const [signIn = '', createToken = ''] = blocks.filter(({ kind }) => kind === 'sh').map(({ code }) => code);
const documents = new Map(
  blocks.flatMap(({ kind, code }) => (kind === 'graphql' ? [[/^\w+ (\w+)/.exec(code)?.[1] ?? '', code]] : [])),
);

let ronde: Ronde;
const jars = new Map<string, string>();

/** Does what the printed command does: cookies in a jar, headers, data. No browser's headers, as curl sends none. */
async function curl(command: string): Promise<Record<string, unknown>> {
  const words = [...command.replaceAll('\\\n', ' ').matchAll(/'([^']*)'|(\S+)/g)].map((it) => it[1] ?? it[2] ?? '');
  const after = (option: string): string[] => words.flatMap((word, at) => (words[at - 1] === option ? [word] : []));
  const url = words.find((word) => word.startsWith(printedUrl))?.replace(printedUrl, ronde.url) ?? '';
  const cookies = after('-b').map((jar) => ['cookie', jars.get(jar) ?? '']);
  const headers = Object.fromEntries([...after('-H').map((header) => header.split(': ')), ...cookies]);
  const response = await new Promise<IncomingMessage>((resolve, reject) =>
    request(url, { method: 'POST', headers }, resolve).on('error', reject).end(after('-d')[0]),
  );
  const sent = (response.headers['set-cookie'] ?? []).map((cookie) => cookie.split(';')[0]).join('; ');
  for (const jar of after('-c')) jars.set(jar, sent);
  return JSON.parse(await text(response)) as Record<string, unknown>;
}

beforeAll(async () => {
  ronde = await Ronde.open({ DEMO: 'on' });
}, 120_000);
afterAll(() => ronde.close());

describe('the README', () => {
  it('names the accounts of the demo community', () => {
    const rows = demoAccounts.map(({ email, name, role }) => `| \`${email}\` | ${name}, ${role} |`);
    expect(readme).toContain(rows.join('\n'));
    expect(readme).toContain(demoPassword);
  });

  it('gives a tour that can be taken', async () => {
    expect(await curl(signIn)).toMatchObject({ user: { name: 'Maïté Larocque' } });
    const made = (await curl(createToken)) as { data: { createApiToken: { token: string } } };
    const { token } = made.data.createApiToken;
    const ask = async (name: string, variables: object = {}) => {
      const { data, errors } = await ronde.ask(documents.get(name) ?? '', variables, { token });
      expect(errors).toBeUndefined();
      return data;
    };

    const { me } = await ask('Me');
    expect(me.member.name).toBe('Maïté Larocque');
    const { circle, proposal, sentence } = me.waiting.nodes.find((it: { kind: string }) => it.kind === 'answer');
    expect(sentence).toMatch(/consent/);

    const shown = await ask('Circle', { circle: circle.id });
    expect(shown.circle).toMatchObject({ name: circle.name, state: 'Active', parent: { name: 'Cercle général' } });
    expect(shown.circle.members).toContainEqual(expect.objectContaining({ member: { name: 'Maïté Larocque' } }));

    const read = await ask('Text', { proposal: proposal.id });
    expect(read.proposal.latestVersion.number).toBe(proposal.version);
    const answer = { proposal: proposal.id, round: proposal.lastRound.id, version: proposal.version };
    const { giveConsent } = await ask('Consent', answer);
    expect(giveConsent.code).toBeUndefined();
    expect(giveConsent.lastRound.roster).toContainEqual({ member: { name: 'Maïté Larocque' }, state: 'consent' });

    const { auditTrail } = await ask('Trail', { circle: circle.id });
    expect(auditTrail.nodes).toContainEqual(
      expect.objectContaining({ sentence: expect.stringMatching(/^Maïté Larocque consented/) }),
    );
    const { verifyAuditTrail } = await ask('Verify');
    expect(verifyAuditTrail).toMatchObject({ whole: true, firstBroken: null });
  });

  it('prints nothing in its tour that the test leaves out', () => {
    expect([...documents.keys()]).toEqual(['Me', 'Circle', 'Text', 'Consent', 'Trail', 'Verify']);
    expect(blocks).toHaveLength(2 + documents.size);
  });
});
