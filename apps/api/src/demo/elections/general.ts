import type { ElectionText } from '../ballot.js';
import { animation, coordination, secretariat } from './roles.js';

const common = { cause: 'new', until: [14] } as const;

/** The first elections of the general circle, on the day it was founded. */
export const generalElections: readonly ElectionText[] = [
  {
    ...common,
    ...animation,
    key: 'élection animation, général',
    office: 'facilitator',
    person: 'karim',
    named: { karim: 'fatou', luc: 'fatou' },
    reasons: [
      [
        'mireille',
        "Ce matin encore, Karim a redonné la parole à Fatou sans que personne ne se sente repris. C'est ce soin que je cherche.",
      ],
      ['helene', "Il reformule en une phrase, et l'on sait où l'on en est."],
      ['karim', 'Fatou tient un cadre avec douceur. Je la verrais guider nos débuts.'],
      ['luc', "Fatou nous a ramenés au but deux fois aujourd'hui, au bon moment."],
      ['fatou', 'Karim écoute aussi les silences. Avec huit personnes autour de la table, il en faudra.'],
    ],
    change: {
      by: 'luc',
      reason: "En entendant Hélène, je reconnais ce dont nous avons le plus besoin : qu'on sache où l'on en est.",
    },
    rationale:
      "Trois raisons parlent d'une écoute qui remet la parole en circulation. C'est la première qualité que nous avions écrite.",
  },
  {
    ...common,
    ...secretariat,
    key: 'élection secrétariat, général',
    office: 'secretary',
    person: 'luc',
    named: { luc: 'helene' },
    reasons: [
      ['karim', "Luc a tenu les notes de toute l'année de préparation. Nous y retrouvons nos mots, pas les siens."],
      ['mireille', 'Il demande toujours : est-ce bien ce que vous vouliez dire?'],
      ['luc', "Hélène a la mémoire de ce qui s'est promis, et elle le rappelle gentiment."],
    ],
    rationale: 'La fidélité aux mots des autres revient dans vos raisons. Luc nous en a donné un an de preuves.',
    concerns: { helene: 'Luc sera aussi chef de cercle. Regardons à mi-mandat si la charge reste légère.' },
  },
  {
    ...common,
    ...coordination,
    key: 'élection coordination, général',
    office: 'leader',
    person: 'mireille',
    named: { mireille: 'luc' },
    reasons: [
      ['helene', 'Mireille nous a réunis sans jamais parler à notre place. Je veux que cela continue.'],
      ['luc', 'Elle voit ce qui manque avant nous, et elle demande qui peut le prendre.'],
      ['fatou', "Quand elle délègue, elle délègue vraiment. J'ai pu me tromper et corriger."],
    ],
    rationale:
      "Vous parlez toutes et tous de confiance donnée. Pour une coordination, c'est ce que nous avions placé en tête.",
  },
];
