import 'reflect-metadata';
import { jest } from '@jest/globals';
import { Type } from 'class-transformer';
import { IsOptional, ValidateNested } from 'class-validator';
import { type Command } from '@nestjs/cqrs';
import { type Receipt, StoreUnavailable } from '@app/event-store';
import { ReadModelsNotReady } from '@app/read-store';
import { Refusal } from '@app/kernel';
import {
  Answering,
  BadInput,
  InputPipe,
  IsDay,
  IsId,
  IsMoment,
  PageArgs,
  Recorded,
  Refused,
  Sentence,
  type Settling,
  loaderOf,
  pageOf,
  pageOfList,
} from './index.js';

class Part {
  @IsId()
  id!: string;
}

class Input {
  @Sentence({ max: 10 })
  text!: string;
  @Sentence({ max: 3, each: true, optional: true })
  words?: string[];
  @IsOptional()
  @IsDay()
  day?: string;
  @IsOptional()
  @IsMoment()
  at?: string;
  @IsOptional()
  @ValidateNested({ each: true })
  @Type(() => Part)
  parts?: Part[];
}

const taken = async (input: object, metatype: unknown = Input): Promise<unknown> =>
  new InputPipe().transform(input, { type: 'body', metatype: metatype as never, data: 'input' });
const problems = (input: object, metatype?: unknown): Promise<unknown> =>
  taken(input, metatype).then(
    () => [],
    (error: BadInput) => error.problems.map(({ path, rule, args }) => [path, rule, args]),
  );

describe('input', () => {
  it('arrives trimmed, with instants in UTC', async () => {
    const input = await taken({ text: '  De l’eau\r\nà l’aube '.slice(0, 14), at: '2026-03-12T19:30:00-04:00' });
    expect(input).toMatchObject({ text: 'De l’eau\nà', at: '2026-03-12T23:30:00.000Z' });
  });

  it.each([
    ['a blank text', { text: ' \n ' }, [['input.text', 'notBlank', {}]]],
    ['an oversized text', { text: 'x'.repeat(11) }, [['input.text', 'atMost', { 0: 10 }]]],
    ['a control character', { text: 'a\u0007b' }, [['input.text', 'wellFormed', {}]]],
    ['half a character', { text: 'a\uD800b' }, [['input.text', 'wellFormed', {}]]],
    ['a text turned around', { text: 'a\u202Eb' }, [['input.text', 'wellFormed', {}]]],
    ['a word too long', { text: 'x', words: ['abc', 'abcd'] }, [['input.words', 'atMost', { 0: 3 }]]],
    ['a day that does not exist', { text: 'x', day: '2026-02-30' }, [['input.day', 'isCivilDay', {}]]],
    ['a moment without offset', { text: 'x', at: '2026-03-12T19:30:00' }, [['input.at', 'isMoment', {}]]],
    ['a part of a list', { text: 'x', parts: [{ id: 'a b' }] }, [['input.parts.0.id', 'isIdentifier', {}]]],
  ])('names the field and the rule: %s', async (_, input, expected) => expect(await problems(input)).toEqual(expected));

  it('limits a page', async () =>
    expect(await problems({ first: 101 }, PageArgs)).toEqual([['input.first', 'max', { 0: 100 }]]));
});

const viewer = { locale: 'en' as const };
const receipt: Receipt = { stream: 'proposal-1', revision: 3, position: '7', types: ['ObjectionRaised'] };
const command = {} as Command<Receipt>;
const answering = (execute: () => Promise<Receipt>, settled = true): Answering =>
  new Answering({ execute } as never, { settled: async () => settled } satisfies Settling);

describe('an answer', () => {
  it('is the view, once it has settled', async () =>
    expect(await answering(async () => receipt).answer(viewer, command, async () => ({ id: '1' }))).toEqual({
      id: '1',
    }));

  it.each([
    ['settles too late', answering(async () => receipt, false), async () => ({ id: '1' })],
    ['is not there yet', answering(async () => receipt), async () => null],
    ['cannot be read now', answering(async () => receipt), () => Promise.reject(new ReadModelsNotReady('rebuilding'))],
    ['needs a log that is away', answering(async () => receipt), () => Promise.reject(new StoreUnavailable('away'))],
  ])('is what was recorded, when the view %s', async (_, desk, view) => {
    const answer = await desk.answer(viewer, command, view);
    expect(answer).toBeInstanceOf(Recorded);
    expect(answer).toEqual({ stream: 'proposal-1', revision: 3, position: '7' });
  });

  it('is a refusal in the reader’s language, with what it relies on', async () => {
    const refusal = new Refusal('NOT_FOUND', { circle: 'c1', phases: ['Draft', 'Presented'] });
    const answer = await answering(() => Promise.reject(refusal)).answer(viewer, command, async () => ({}));
    expect(answer).toBeInstanceOf(Refused);
    expect(answer).toEqual({
      code: 'NOT_FOUND',
      message: 'This does not exist, or is not in your community. Check the identifier.',
      details: [
        { name: 'circle', values: ['c1'] },
        { name: 'phases', values: ['Draft', 'Presented'] },
      ],
    });
  });

  it('is a refusal when nothing can be written now', async () =>
    expect(
      await answering(() => Promise.reject(new StoreUnavailable('read only'))).answer(
        viewer,
        command,
        async () => ({}),
      ),
    ).toMatchObject({ code: 'UNAVAILABLE' }));

  it('is never made of a broken error', async () =>
    expect(
      answering(() => Promise.reject(new Error('a bug'))).answer(viewer, command, async () => ({})),
    ).rejects.toThrow('a bug'));
});

describe('a connection', () => {
  const all = Array.from({ length: 5 }, (_, at) => ({ id: `n${at}` }));
  const page = (args: PageArgs) => pageOfList(args, all, ({ id }) => [id]);

  it('goes through a list page by page', async () => {
    const first = await page({ first: 2 });
    expect(first.nodes).toEqual([{ id: 'n0' }, { id: 'n1' }]);
    expect(first.pageInfo).toMatchObject({ hasNextPage: true, hasPreviousPage: false });
    const last = await page({ first: 3, after: first.pageInfo.endCursor ?? '' });
    expect(last.nodes).toEqual([{ id: 'n2' }, { id: 'n3' }, { id: 'n4' }]);
    expect(last.pageInfo).toMatchObject({ hasNextPage: false, hasPreviousPage: true });
  });

  it('asks for one more than the page holds, after the place of the cursor', async () => {
    const rows = jest.fn(async () => []);
    await pageOf({ first: 10 }, rows, () => []);
    expect(rows).toHaveBeenCalledWith(11, undefined);
  });

  it.each(['', 'x', 'bnVsbA', 'W10', 'W3t9XQ'])('does not follow a cursor it never gave: %j', (after) =>
    expect(page({ after })).rejects.toThrow('BAD_CURSOR'),
  );
});

describe('a loader', () => {
  it('reads each thing once a request, in one go', async () => {
    const context = { loaders: new Map<unknown, unknown>() };
    const batch = jest.fn(
      async (keys: readonly string[]) => new Map(keys.filter((it) => it !== 'b').map((it) => [it, it])),
    );
    const load = (id: string) => loaderOf(context, 'letters', batch).load(id);
    expect(await Promise.all([load('a'), load('b'), load('a')])).toEqual(['a', null, 'a']);
    expect(batch.mock.calls).toEqual([[['a', 'b']]]);
  });
});
