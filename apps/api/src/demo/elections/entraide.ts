import type { ElectionText } from '../ballot.js';
import { animation, lien, secretariat } from './roles.js';

/** The first elections of the circle Entraide. */
export const entraideElections: readonly ElectionText[] = [
  {
    ...animation,
    key: 'élection animation, Entraide',
    office: 'facilitator',
    cause: 'new',
    until: [14],
    person: 'salma',
    named: { salma: 'naomi', ginette: 'naomi' },
    reasons: [
      [
        'antoine',
        "À notre premier soir, Salma a laissé durer un silence que j'aurais rempli. C'est là que Marc-André a parlé.",
      ],
      ['helene', "Elle sait dire qu'il reste dix minutes sans presser personne."],
      ['salma', "Naomi parle peu et juste. Autour d'elle, on baisse le ton."],
      ['maite', 'Salma me redonne confiance quand je cherche mes mots.'],
    ],
    rationale:
      'Vous avez nommé une écoute qui précède la parole et le calme devant le temps. Ce sont les mots du rôle.',
  },
  {
    ...secretariat,
    key: 'élection secrétariat, Entraide',
    office: 'secretary',
    cause: 'new',
    until: [14],
    person: 'antoine',
    named: { antoine: 'maite', naomi: 'maite' },
    reasons: [
      ['salma', "Antoine relit à voix haute ce qu'il note. Nous corrigeons ensemble, et c'est réglé."],
      ['ginette', 'Ses phrases sont courtes. Je les comprends encore un mois plus tard.'],
      ['antoine', 'Maïté pense à tout le monde, même à qui manque.'],
    ],
    rationale: "La relecture à voix haute et les phrases courtes : c'est la fidélité que nous demandions.",
    concerns: { marcAndre: "J'aimerais qu'une deuxième personne sache où tout se trouve, au cas où." },
  },
  {
    ...lien,
    key: 'élection second lien, Entraide',
    office: 'secondLink',
    cause: 'new',
    until: [-3],
    person: 'ginette',
    named: { ginette: 'naomi', maite: 'naomi' },
    reasons: [
      ['helene', "Ginette ne dira pas ce que je dis. C'est ce qu'il faut à côté d'une chef."],
      ['marcAndre', "Elle a connu trois organismes et n'a peur d'aucune table."],
      ['maite', 'Naomi redit ce que nous vivons sans rien ajouter.'],
      ['naomi', "Ginette demande encore quand la réponse n'est pas claire. J'ai besoin que quelqu'un le fasse."],
    ],
    change: {
      by: 'maite',
      reason: 'Pour une première fois, je vois bien Ginette ouvrir le chemin. Naomi pourra suivre.',
    },
    rationale:
      "Une parole libre à côté de celle de la chef, et l'audace de redemander : je retiens ces deux raisons. Nous proposons huit mois, le temps d'apprendre.",
  },
];

/** Going on: Ginette's term is over, and the circle looks for who will carry its voice. */
export const carryingOurVoice: ElectionText = {
  key: 'élection second lien, Entraide, suite',
  office: 'secondLink',
  cause: 'expiry',
  duties:
    "Siéger au cercle général avec plein droit de consentement, y porter ce que vit le cercle, et nous en rapporter, à la rencontre qui suit, ce qui s'y décide.",
  qualities: "De la fidélité dans le rapport, une écoute qui précède la parole, et l'audace de dire ce qui manque.",
  from: [1, 'lundi'],
  until: [53],
  person: 'naomi',
  named: { marcAndre: 'maite', helene: 'marcAndre', naomi: 'ginette' },
  reasons: [],
  rationale: '',
};
