import { Global, Module, type Provider } from '@nestjs/common';
import { Departing, Forgetting } from '@app/circles';
import { MemberRegistration } from '@app/identity';
import { CircleJoins, circlesOf } from './circle.joins.js';
import { DepartingInIdentity, ForgettingInIdentity } from './forgetting.js';
import { LiveJoins } from './live.joins.js';
import { MeJoins } from './me.joins.js';
import { RegistrationInHistory } from './registration.js';
import { WaitingRoom } from './waiting.js';

const bindings: Provider[] = [
  { provide: Forgetting, useClass: ForgettingInIdentity },
  { provide: Departing, useClass: DepartingInIdentity },
  { provide: MemberRegistration, useClass: RegistrationInHistory },
];

/** Where contexts meet that do not know each other: what one asks for and another gives, and fields of one's types that another answers. */
@Global()
@Module({
  providers: [...bindings, WaitingRoom, CircleJoins, ...circlesOf, MeJoins, LiveJoins],
  exports: [...bindings],
})
export class JoinsModule {}
