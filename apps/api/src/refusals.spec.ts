import { circleRefusals, communityRefusals } from '@app/circles';
import { decisionRefusals } from '@app/decisions';
import { electionRefusals } from '@app/elections';
import { codecRefusals, streamRefusals } from '@app/event-store';
import { deskRefusals } from '@app/graph';
import { identityRefusals } from '@app/identity';
import { meetingRefusals } from '@app/meetings';
import { catalogueOf, locales, refusalCodes } from '@app/wording';

const domains: readonly (readonly string[])[] = [
  circleRefusals,
  communityRefusals,
  decisionRefusals,
  electionRefusals,
  meetingRefusals,
  identityRefusals,
  streamRefusals,
  codecRefusals,
  deskRefusals,
];
const codes = [...new Set(domains.flat())].sort();

describe('the refusals', () => {
  it.each(locales)('each have a sentence, and no sentence is of a refusal that nobody makes: %s', (locale) => {
    const told = catalogueOf('refusals', locale).flatMap(({ messages }) => Object.keys(messages));
    expect([...new Set(told)].sort()).toEqual(codes);
  });

  it('are one list in the schema', () => expect(refusalCodes()).toEqual(codes));
});
