import { nestLog, openLog } from './log.js';

function lines(level = 'debug') {
  const written: Record<string, unknown>[] = [];
  const log = openLog(level, { write: (line) => void written.push(JSON.parse(line) as Record<string, unknown>) });
  return { log, written };
}

describe('the log', () => {
  it('never holds a secret, however deep it lies', () => {
    const { log, written } = lines();
    const secrets = { authorization: 'Bearer abc', cookie: 'ronde.session_token=abc', password: 'abc', token: 'abc' };
    log.info({ ...secrets, headers: secrets, request: { headers: secrets } }, 'a request');
    expect(JSON.stringify(written)).not.toContain('abc');
    expect(written[0]).toMatchObject({ msg: 'a request', request: { headers: { cookie: '[redacted]' } } });
  });

  it('has Nest’s errors with their cause, and keeps its chatter for debugging', () => {
    const { log, written } = lines('info');
    const nest = nestLog(log);
    nest.log('CircleModule dependencies initialized', 'InstanceLoader');
    nest.error(new Error('the disk is full'), 'SomeContext');
    expect(written).toMatchObject([
      { level: 50, msg: 'the disk is full', context: 'SomeContext', err: { message: 'the disk is full' } },
    ]);
  });
});
