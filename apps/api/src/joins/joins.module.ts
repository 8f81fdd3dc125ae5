import { Global, Module, type Provider } from '@nestjs/common';
import { Forgetting } from '@app/circles';
import { MemberRegistration } from '@app/identity';
import { ForgettingInIdentity } from './forgetting.js';
import { RegistrationInHistory } from './registration.js';

const bindings: Provider[] = [
  { provide: Forgetting, useClass: ForgettingInIdentity },
  { provide: MemberRegistration, useClass: RegistrationInHistory },
];

/** Where contexts meet that do not know each other: what one asks for and another gives, and fields of one's types that another answers. */
@Global()
@Module({ providers: [...bindings], exports: [...bindings] })
export class JoinsModule {}
