import { Module } from '@nestjs/common';
import { IdentityResolver } from './graphql/identity.resolver.js';
import { MemberResolver, MeResolver } from './graphql/member.resolver.js';
import { Registrations } from './registrations.js';

/** What people can ask of identity. The app binds `Identity` and `MemberRegistration`, for everybody. */
@Module({
  providers: [IdentityResolver, MeResolver, MemberResolver, Registrations],
  exports: [Registrations],
})
export class IdentityModule {}
