import type { ElectionText } from '../ballot.js';
import { animation, lien, secretariat } from './roles.js';

/** The first elections of the circle Leadership contributif. */
export const leadershipElections: readonly ElectionText[] = [
  {
    ...animation,
    key: 'élection animation, Leadership contributif',
    office: 'facilitator',
    cause: 'new',
    until: [16],
    person: 'jade',
    named: { jade: 'wilner', nadia: 'wilner' },
    reasons: [
      ['david', "Jade demande « de quoi as-tu besoin? » au lieu d'expliquer. La conversation change aussitôt."],
      ['fatou', "Elle a vingt-six ans et une autorité tranquille. Apprendre à faire de la place, c'est aussi cela."],
      ['nadia', 'Wilner garde le fil, même quand nous partons dans toutes les directions.'],
      ['maite', 'Avec Jade, le tour de table commence rarement par les mêmes personnes.'],
    ],
    rationale: "Vos raisons disent une façon de faire de la place. C'est notre but, et je propose de commencer par là.",
    concerns: { wilner: "Jade étudie encore. Prévoyons qui l'épaule pendant sa session d'examens." },
  },
  {
    ...secretariat,
    key: 'élection secrétariat, Leadership contributif',
    office: 'secretary',
    cause: 'new',
    until: [16],
    person: 'david',
    named: { david: 'nadia' },
    reasons: [
      ['jade', 'David classe, date et retrouve. Nos ateliers produiront beaucoup de papier.'],
      [
        'wilner',
        "Il a refusé d'écrire « tout le monde est d'accord » parce que personne ne l'avait dit. Cela m'a plu.",
      ],
      ['david', 'Nadia écrit mieux que moi en deux langues.'],
    ],
    rationale: "Refuser d'écrire ce que personne n'a dit : je n'ai pas entendu de meilleure raison pour ce rôle.",
  },
  {
    ...lien,
    key: 'élection second lien, Leadership contributif',
    office: 'secondLink',
    cause: 'new',
    until: [16],
    person: 'nadia',
    named: { nadia: 'maite', david: 'maite' },
    reasons: [
      ['fatou', "Nadia me contredit devant moi et me soutient quand je n'y suis pas."],
      ['maite', "Elle a l'habitude des tables où l'on parle plusieurs langues, au propre comme au figuré."],
      ['david', 'Maïté connaît déjà deux cercles, elle ferait un pont naturel.'],
    ],
    rationale: 'Une parole libre et loyale envers la chef : le double lien en a besoin pour tenir debout.',
  },
];
