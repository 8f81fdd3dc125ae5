import { type RefuseUnless, refuseUnless as refuseUnlessAny } from '@app/kernel';
import { type AgreementStatus, binds } from './agreement-time.js';
import type { AboutAgreement, Content } from './content.shape.js';

export const aboutAgreementRefusals = [
  'AGREEMENT_UNKNOWN',
  'AGREEMENT_OF_ANOTHER_CIRCLE',
  'AGREEMENT_NOT_IN_FORCE',
  'AGREEMENT_BASE_CHANGED',
  'RENEWAL_CHANGES_TEXT',
  'AGREEMENT_CHANGE_WITH_EFFECT',
] as const;
const refuseUnless: RefuseUnless<(typeof aboutAgreementRefusals)[number]> = refuseUnlessAny;

/** An agreement as its own stream tells at this moment: what a decision about it may rely on. */
export interface AgreementNow {
  readonly agreementId: string;
  readonly circleId: string;
  readonly version: number;
  readonly status: AgreementStatus;
  readonly text: string | null;
}

/** Where a proposal meets agreements: its circle, and every agreement that it names. */
export interface AmongAgreements {
  readonly circle: { readonly circleId: string };
  readonly agreements?: readonly AgreementNow[];
}

type Touching = Partial<Pick<Content, 'agreement' | 'cites' | 'effect'>>;

/** Every agreement that a text names. */
export const agreementsNamed = ({ agreement, cites = [] }: Touching): string[] => [
  ...new Set([...(agreement === undefined ? [] : [agreement.agreementId]), ...cites]),
];

function known({ agreements = [] }: AmongAgreements, agreementId: string): AgreementNow {
  const found = agreements.find((it) => it.agreementId === agreementId);
  refuseUnless(found !== undefined, 'AGREEMENT_UNKNOWN', { agreementId });
  return found;
}

/**
 * The agreement that is to change is this circle's, binds today (INV-51) and still reads as it did when the change was written (INV-54).
 * Such a proposal changes nothing else by itself, so that what it does is done whole or refused whole.
 */
export function isAboutWhatStands(agreement: AboutAgreement, effect: unknown, place: AmongAgreements): AgreementNow {
  const it = known(place, agreement.agreementId);
  refuseUnless(it.circleId === place.circle.circleId, 'AGREEMENT_OF_ANOTHER_CIRCLE'); // INV-53
  isInForce(it);
  const { baseVersion: base } = agreement;
  refuseUnless(base === it.version, 'AGREEMENT_BASE_CHANGED', { base, current: it.version }); // INV-54
  refuseUnless(effect === undefined, 'AGREEMENT_CHANGE_WITH_EFFECT');
  return it;
}

function isInForce({ agreementId, status }: AgreementNow): void {
  refuseUnless(binds(status), 'AGREEMENT_NOT_IN_FORCE', { agreementId, status }); // INV-51
}

/** What must hold of the agreements that a version names, when it is presented, amended, and when a round opens on it. */
export function agreementsHold(content: Touching & { readonly text: string | null }, place: AmongAgreements): void {
  const { agreement, cites = [], effect, text } = content;
  for (const cited of cites) isInForce(known(place, cited));
  if (agreement === undefined) return;
  const it = isAboutWhatStands(agreement, effect, place);
  refuseUnless(agreement.action !== 'renew' || text === it.text, 'RENEWAL_CHANGES_TEXT');
}

/** Why a version can change its agreement no more, now that everybody has consented to it. */
export function overtaken(
  { agreement }: Touching,
  { agreements = [] }: AmongAgreements,
): 'agreementChanged' | 'agreementEnded' | undefined {
  if (agreement === undefined) return undefined;
  const it = agreements.find(({ agreementId }) => agreementId === agreement.agreementId);
  if (it === undefined || !binds(it.status)) return 'agreementEnded';
  return it.version === agreement.baseVersion ? undefined : 'agreementChanged';
}
