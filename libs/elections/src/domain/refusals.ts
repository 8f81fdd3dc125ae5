import { acceptingRefusals } from './accepting.js';
import { callingRefusals } from './calling.js';
import { consentRefusals } from './consent.js';
import { eligibilityRefusals } from './eligibility.js';
import { integratingRefusals } from './integrating.js';
import { nominationRefusals } from './nominations.js';
import { proposingRefusals } from './proposing.js';
import { reasonRefusals } from './reasons.js';
import { settingRefusals } from './setting.js';

/** Every way in which an election says "not you, or not now". */
export const electionRefusals = [
  ...new Set([
    ...settingRefusals,
    ...eligibilityRefusals,
    ...callingRefusals,
    ...nominationRefusals,
    ...reasonRefusals,
    ...proposingRefusals,
    ...consentRefusals,
    ...integratingRefusals,
    ...acceptingRefusals,
  ]),
];
