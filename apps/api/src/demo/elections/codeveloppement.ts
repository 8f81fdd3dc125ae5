import type { ElectionText } from '../ballot.js';
import { animation, lien, secretariat } from './roles.js';

/** The first elections of the circle Codéveloppement. */
export const codeveloppementElections: readonly ElectionText[] = [
  {
    ...animation,
    key: 'élection animation, Codéveloppement',
    office: 'facilitator',
    cause: 'new',
    until: [-2],
    person: 'pierre',
    named: { pierre: 'rosalie', mai: 'rosalie' },
    reasons: [
      ['luc', 'Pierre a guidé des séances pendant dix ans et il nous demande encore si le rythme nous va.'],
      ['carmen', "Il distingue une question d'un conseil déguisé, et il le dit avec humour."],
      ['mai', "Rosalie résume sans juger. J'aimerais l'entendre animer."],
      ['jeanPhilippe', 'Avec Pierre, je sais toujours à quelle étape nous sommes.'],
    ],
    rationale:
      'Plusieurs raisons parlent de la clarté des étapes. Pour nos débuts, cela porte. Huit mois, puis nous regarderons qui veut apprendre.',
  },
  {
    ...secretariat,
    key: 'élection secrétariat, Codéveloppement',
    office: 'secretary',
    cause: 'new',
    until: [15],
    person: 'mai',
    named: { mai: 'carmen' },
    reasons: [
      ['pierre', "Mai a proposé le calendrier que nous suivons, et personne n'a eu à le refaire."],
      ['yasmine', "Elle protège ce qui est confidentiel sans qu'on ait à le rappeler."],
      ['mai', 'Carmen note ce qui a été appris, pas seulement ce qui a été dit.'],
    ],
    rationale: "La constance et le soin de la confidentialité : le rôle ne demande rien d'autre.",
  },
  {
    ...lien,
    key: 'élection second lien, Codéveloppement',
    office: 'secondLink',
    cause: 'new',
    until: [15],
    person: 'yasmine',
    named: { yasmine: 'jeanPhilippe', karim: 'jeanPhilippe' },
    reasons: [
      ['rosalie', 'Yasmine dit les choses difficiles avec des exemples, jamais avec des reproches.'],
      ['carmen', "Elle revient toujours vers nous avant de conclure. Un lien, c'est cela."],
      ['yasmine', 'Jean-Philippe a une vue large de la région et beaucoup de patience.'],
    ],
    rationale: 'Des exemples plutôt que des reproches, et le retour vers le cercle : les deux moitiés du rôle sont là.',
  },
];

/** Going on: everybody has answered but the person proposed. */
export const leadingOurSessions: ElectionText = {
  key: 'élection animation, Codéveloppement, suite',
  office: 'facilitator',
  cause: 'expiry',
  duties:
    "Animer les rencontres du cercle et ses séances, préparer l'ordre du jour avec Mai, tenir les six étapes de la consultation et protéger le temps de la personne cliente.",
  qualities: "De la clarté dans les étapes, une curiosité sans conseil, le courage d'arrêter un tour qui dérape.",
  from: [1, 'lundi'],
  until: [53],
  person: 'rosalie',
  named: { rosalie: 'pierre', luc: 'pierre', carmen: 'pierre' },
  reasons: [
    [
      'yasmine',
      "À la dernière séance, Rosalie a remplacé Pierre au pied levé. J'ai oublié que c'était sa première fois.",
    ],
    ['pierre', "Je l'ai vue arrêter un conseil déguisé d'un seul mot. Elle est prête, et j'apprendrai d'elle."],
    ['luc', "Pierre nous a donné une colonne vertébrale. Je le nommerais encore pour achever ce qu'il a commencé."],
    ['jeanPhilippe', 'Elle laisse à la personne cliente le temps de trouver sa demande.'],
    ['carmen', "Avec Pierre, je me sens en sécurité, et la confidentialité est à l'ordre du jour."],
    ['rosalie', "Pierre sait encore bien des choses que je n'ai pas apprises."],
  ],
  change: {
    by: 'luc',
    reason: "En entendant Pierre lui-même, je change. Ce qu'il a commencé continuera mieux avec elle.",
  },
  rationale:
    "Vous avez parlé du temps laissé à la personne cliente et du courage d'arrêter un tour. Ce sont les qualités que nous avions écrites, et Rosalie les a montrées.",
  concerns: { carmen: 'Je souhaite que Pierre reste disponible les deux premiers mois.' },
};
