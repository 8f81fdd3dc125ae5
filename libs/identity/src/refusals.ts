import { refuseUnless as refuseUnlessAny, type RefuseUnless } from '@app/kernel';

export const identityRefusals = [
  'ACCOUNT_UNKNOWN',
  'ALREADY_IN_COMMUNITY',
  'EMAIL_NOT_ALLOWED',
  'EMAIL_TAKEN',
  'EXPIRY_NOT_ALLOWED',
  'INVITATION_EXPIRED',
  'INVITATION_OTHER_ADDRESS',
  'INVITATION_UNKNOWN',
  'INVITATION_USED',
  'INVITER_NOT_A_MEMBER',
  'INVITER_NOT_IN_COMMUNITY',
  'LABEL_NOT_ALLOWED',
  'LOCALE_NOT_KNOWN',
  'NAME_NOT_ALLOWED',
  'SECRET_ALREADY_SHOWN',
  'SESSION_NEEDED',
  'TOKEN_UNKNOWN',
  'TOO_MANY_TOKENS',
  'WEAK_PASSWORD',
] as const;

export type IdentityRefusal = (typeof identityRefusals)[number];
export const refuseUnless: RefuseUnless<IdentityRefusal> = refuseUnlessAny;
