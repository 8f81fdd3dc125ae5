import { newId } from '@app/kernel';
import { appendSpanOf, traceIdOf } from './trace-ids.js';

describe('the trace of a correlation id', () => {
  it('is that id where it can be', () => {
    expect(traceIdOf('8F14E45F-CEEA-467F-9575-6B3C0A5B9C2E')).toBe('8f14e45fceea467f95756b3c0a5b9c2e');
    expect(traceIdOf('0af7651916cd43dd8448eb211c80319c')).toBe('0af7651916cd43dd8448eb211c80319c');
  });

  it.each(['0123-abcd.efgh', '0'.repeat(32), ''])('is made of it otherwise, always the same: "%s"', (correlationId) => {
    expect(traceIdOf(correlationId)).toMatch(/^(?!0+$)[0-9a-f]{32}$/);
    expect(traceIdOf(correlationId)).toBe(traceIdOf(correlationId));
    expect(traceIdOf(correlationId)).not.toBe(traceIdOf(`${correlationId}.`));
  });
});

describe('the span of an append', () => {
  const meta = { $correlationId: newId(), command: 'GiveConsent', commandId: newId() };
  const span = appendSpanOf({ stream: 'proposal-1', meta });

  it('is found from any of its events', () => {
    expect(span).toMatch(/^[0-9a-f]{16}$/);
    expect(appendSpanOf({ stream: 'proposal-1', meta: { ...meta } })).toBe(span);
  });

  it.each(['$correlationId', 'command', 'commandId'])('is another one when %s differs', (name) =>
    expect(appendSpanOf({ stream: 'proposal-1', meta: { ...meta, [name]: 'other' } })).not.toBe(span),
  );

  it('is another one in another stream', () => expect(appendSpanOf({ stream: 'circle-1', meta })).not.toBe(span));
});
