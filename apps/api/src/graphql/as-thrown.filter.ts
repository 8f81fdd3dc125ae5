import { type ArgumentsHost, Catch, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { answerFault } from '../http/faults.js';

/**
 * Hands errors to GraphQL as they were thrown: what a client sees, and what is logged, is decided in one place, ErrorAnswers. Requests
 * that never came so far are answered as faults of HTTP.
 */
@Catch()
export class AsThrown implements ExceptionFilter {
  catch(error: unknown, host: ArgumentsHost): unknown {
    if (host.getType<string>() === 'graphql') return error;
    const http = host.switchToHttp();
    answerFault(error, http.getRequest<FastifyRequest>(), http.getResponse<FastifyReply>());
    return undefined;
  }
}
