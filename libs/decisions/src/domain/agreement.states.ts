import type { CivilDate } from '@app/kernel';
import type { Turns } from './agreement-time.js';

export interface KnownAgreement {
  readonly state: 'known';
  readonly agreementId: string;
  readonly circleId: string;
  readonly communityId: string;
  /** Begins at the version of the proposal that was decided; each renewal and amendment adds one. */
  readonly version: number;
  readonly text: string | null;
  readonly measures: number;
  readonly responsible: string | undefined;
  readonly decidedOn: CivilDate;
  readonly turns: Turns;
  readonly zone: string;
  readonly absent: readonly string[];
  /** The proposals that made it what it is. */
  readonly decisions: readonly string[];
  /** What has been announced of this version. */
  readonly announced: readonly string[];
  readonly ended?: 'Repealed' | 'Superseded';
}
export type Agreement = { readonly state: 'absent' } | KnownAgreement;
