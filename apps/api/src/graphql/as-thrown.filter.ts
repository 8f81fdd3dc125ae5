import { type ArgumentsHost, Catch } from '@nestjs/common';
import { BaseExceptionFilter } from '@nestjs/core';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { localeIn, requestFault } from '../http/request-faults.js';

/**
 * Hands errors to GraphQL as they were thrown: what a client sees, and what is logged, is decided in one place, ErrorAnswers. A request
 * that was refused before it came so far is answered in the reader's language.
 */
@Catch()
export class AsThrown extends BaseExceptionFilter {
  override catch(error: unknown, host: ArgumentsHost): unknown {
    if (host.getType<string>() === 'graphql') return error;
    const http = host.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const { status, statusCode, message } = Object(error) as Record<string, unknown>;
    const code = Number(statusCode ?? status ?? 500);
    const fault = requestFault(localeIn(request.headers), code, String(message));
    if (fault === undefined) return super.catch(error, host);
    const inGraphQL = request.url.split('?')[0] === '/graphql';
    const { code: name, message: told } = fault;
    const body = inGraphQL ? { errors: [{ message: told, extensions: { code: name } }] } : fault;
    return http.getResponse<FastifyReply>().status(code).type('application/json; charset=utf-8').send(body);
  }
}
