import { type Fault, readingPages, readingStreams } from './sabotage.js';

const startingAt = (change: (from: number | undefined, backwards: boolean) => number | undefined): Fault => {
  return (sound) => ({
    readStream: (stream, { from, backwards = false, max }) =>
      sound.readStream(stream, { from: change(from, backwards), backwards, max }),
  });
};

export const readFaults: readonly (readonly [clause: string, fault: Fault])[] = [
  [
    'a stream that is not there is empty',
    readingStreams((read) => {
      if (read.length === 0) throw new Error('no such stream');
      return read;
    }),
  ],
  [
    'a stream is read forwards, from a revision on, at most so many',
    startingAt((from, backwards) => (from === undefined || backwards ? from : from + 1)),
  ],
  [
    'a stream is read backwards, from a revision or from its end, at most so many',
    startingAt((from, backwards) => (from === undefined || !backwards ? from : from - 1)),
  ],
  [
    'a stream is read by its whole name',
    (sound) => ({
      readStream: async (stream, { max }) => (await sound.readAll({ max, prefixes: [stream] })).events,
    }),
  ],
  [
    'what is read is what was written: text of every kind, numbers, metadata, name, place',
    readingStreams((read) => read.map((it) => ({ ...it, stream: it.stream.normalize('NFD') }))),
  ],
  [
    'the whole log is read in the order of its commits, across streams',
    readingPages((page) => ({ ...page, events: [...page.events].sort((a, b) => (a.stream < b.stream ? -1 : 1)) })),
  ],
  [
    'pages follow on one another without gap or overlap, never larger than asked',
    readingPages((page, after) => ({ ...page, next: page.events.at(-2)?.position ?? page.next ?? after })),
  ],
  [
    'prefixes leave out other streams, and the position moves on even where nothing matched',
    readingPages((page, after) => ({ ...page, next: page.events.at(-1)?.position ?? after })),
  ],
  [
    'prefixes leave out other streams, and the position moves on even where nothing matched',
    (sound) => ({ readAll: ({ after, max }) => sound.readAll({ after, max }) }),
  ],
  [
    'the head is the position of the last event; positions grow, and compare as text too',
    (sound) => ({ compare: (a, b) => sound.compare(b, a) }),
  ],
  [
    'at the end of the log a page is empty and stays where it was asked',
    readingPages((page) => (page.events.length === 0 ? { ...page, next: undefined } : page)),
  ],
  [
    'a read without a sensible limit is refused',
    (sound) => ({ readStream: (stream, options) => sound.readStream(stream, { ...options, max: 100 }) }),
  ],
];
