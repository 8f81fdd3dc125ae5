import type { DynamicModule } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import type { Caller } from '@app/event-store';
import { type AsyncContext, CommandBus, CqrsModule, type ICommand } from '@nestjs/cqrs';
import type { Witness } from './witness.js';

/** The command bus, with a witness of every command and of how it ends, whoever sends it. */
class ObservedCommandBus extends CommandBus {
  constructor(
    moduleRef: ModuleRef,
    private readonly witness: Witness,
  ) {
    super(moduleRef, {});
  }

  override execute<T extends ICommand, R>(command: T, context?: AsyncContext): Promise<R> {
    // Every command of ours says who sends it.
    const { caller } = command as unknown as { readonly caller: Caller };
    return this.witness.command({ name: command.constructor.name, caller }, () =>
      super.execute<T, R>(command, context),
    );
  }
}

/** Nest's CQRS module, whose command bus is observed. */
export function observedCqrs(witness: Witness): DynamicModule {
  const commands = (moduleRef: ModuleRef): CommandBus => new ObservedCommandBus(moduleRef, witness);
  const { providers = [], ...module } = CqrsModule.forRoot();
  return { ...module, providers: [...providers, { provide: CommandBus, useFactory: commands, inject: [ModuleRef] }] };
}
