import { Global, Module } from '@nestjs/common';
import { Answering } from './answering.js';

/** The desk that every context's resolvers share. The app binds `Settling` and `Access`. */
@Global()
@Module({ providers: [Answering], exports: [Answering] })
export class GraphDeskModule {}
