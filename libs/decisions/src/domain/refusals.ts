import { aboutAgreementRefusals } from './about-agreement.js';
import { agreementRefusals } from './agreement.js';
import { amendingRefusals } from './amending.js';
import { answersRefusals } from './answers.js';
import { clarifyingRefusals } from './clarifying.js';
import { consentRoundRefusals } from './consent-round.js';
import { contentRefusals } from './content.js';
import { draftingRefusals } from './drafting.js';
import { objectionRefusals } from './objection.js';
import { objectionTestRefusals } from './objection-test.js';
import { objectionsRefusals } from './objections.js';
import { placeRefusals } from './place.js';

/** Every way in which a proposal says "not you, or not now". */
export const decisionRefusals = [
  ...new Set([
    ...placeRefusals,
    ...contentRefusals,
    ...aboutAgreementRefusals,
    ...agreementRefusals,
    ...draftingRefusals,
    ...clarifyingRefusals,
    ...amendingRefusals,
    ...consentRoundRefusals,
    ...answersRefusals,
    ...objectionsRefusals,
    ...objectionRefusals,
    ...objectionTestRefusals,
  ]),
];
