import { type ArgumentsHost, Catch } from '@nestjs/common';
import { BaseExceptionFilter } from '@nestjs/core';

/** Hands errors to GraphQL as they were thrown: what a client sees, and what is logged, is decided in one place, ErrorAnswers. */
@Catch()
export class AsThrown extends BaseExceptionFilter {
  override catch(error: unknown, host: ArgumentsHost): unknown {
    return host.getType<string>() === 'graphql' ? error : super.catch(error, host);
  }
}
