import { Heard } from './heard.js';

const line = (level: number, msg: string): string => JSON.stringify({ level, msg });

describe('what a process said', () => {
  it('keeps what nobody foresaw, however much is said after it', () => {
    const heard = new Heard();
    heard.hear('Uncaught Error: gone');
    for (let nth = 1; nth <= 300; nth++) heard.hear(line(50, `failure ${nth}`));
    expect(heard.unforeseen).toEqual(['Uncaught Error: gone']);
    expect(heard.said).toHaveLength(200);
    expect(heard.said[0]).toBe(line(50, 'failure 101'));
  });

  it('leaves out what is no error', () => {
    const heard = new Heard();
    for (const it of [line(30, 'uncaught, it says, in passing'), '', line(60, 'fatal')]) heard.hear(it);
    expect([heard.said, heard.unforeseen]).toEqual([[line(60, 'fatal')], []]);
  });
});
