import type { FastifyRequest } from 'fastify';
import { type Arguments, localeOf, say } from '@app/wording';
import { broken, unknownAddress } from './faults.js';

/** better-auth's answer, as far as it gave one: a 404 has no body. */
interface Given {
  readonly code?: unknown;
  readonly message?: unknown;
  readonly details?: Arguments;
}

const longestReason = 200;

/**
 * Why better-auth refused, in the reader's language: `{ code, message }`, and the details of a refusal of ours. A code that has no message
 * keeps its name, with better-auth's reason after a general one.
 */
export function authRefusal(body: string, status: number, request: FastifyRequest): object {
  const given = givenIn(body);
  const code = status === 429 ? 'TOO_MANY_TRIES' : given.code;
  if (typeof code !== 'string') {
    if (status === 404) return unknownAddress(request);
    if (status >= 500) return broken(request);
  }
  const locale = localeOf(request.headers['accept-language']);
  const reason = typeof given.message === 'string' ? given.message.slice(0, longestReason) : undefined;
  const args = { ...given.details, reason };
  const named = typeof code === 'string' ? code : 'REFUSED';
  const message = say(locale, named, args);
  return { ...given, code: named, message: message === named ? say(locale, 'REQUEST_REFUSED', args) : message };
}

function givenIn(body: string): Given {
  try {
    return Object(JSON.parse(body)) as Given;
  } catch {
    return {};
  }
}
