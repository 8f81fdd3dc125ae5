import type { Convened } from '../circles.js';
import type { Day, ProposalText } from '../proposal-text.js';
import type { Who } from '../people.js';

/** By which a forming circle accepts what it was given, and its leader with it. */
export const acceptances: Readonly<
  Record<'general' | 'entraide' | 'codeveloppement' | 'leadership' | 'releve', ProposalText>
> = {
  general: {
    key: 'accepter, général',
    author: 'mireille',
    title: 'Accepter notre but et notre domaine',
    text: 'Le cercle général accepte le but et le domaine que nous avons écrits ensemble. Nous les relirons dans un an, avec ce que les cercles nous auront appris.',
    need: "Sans but partagé, une objection n'a rien sur quoi s'appuyer, et nos décisions tiendraient aux personnes présentes.",
    example:
      "À la deuxième rencontre de préparation, nous avons parlé une heure d'un local sans savoir si la question était la nôtre.",
    review: [8],
    measures: ["Chaque point d'ordre du jour se rattache à une ligne du domaine."],
    questions: [
      {
        by: 'fatou',
        text: 'Le calendrier commun nous oblige-t-il à fixer les dates des cercles?',
        answer: "Non. Chaque cercle choisit ses dates, nous veillons à ce qu'elles ne se nuisent pas.",
      },
    ],
    reactions: { luc: "Je respire mieux en le lisant. On sait ce qui n'est pas à nous." },
  },
  entraide: {
    key: 'accepter, Entraide',
    author: 'helene',
    title: "Accepter le but et le domaine d'Entraide",
    text: "Nous acceptons le but et le domaine confiés par le cercle général, et Hélène comme chef jusqu'à la fin de son mandat.",
    need: "Nous avons besoin de savoir ce que nous décidons seuls avant d'inviter d'autres personnes.",
    example:
      "Une voisine m'a demandé si elle pouvait venir. J'ai répondu « peut-être », faute de savoir qui décide de l'accueil.",
    review: [10],
    measures: ["Nous savons dire à une nouvelle personne ce qui l'attend."],
    questions: [
      {
        by: 'marcAndre',
        text: 'Les frais de local sont-ils dans notre domaine?',
        answer: 'Non, la contribution et les lieux restent au cercle général.',
      },
    ],
    reactions: { naomi: "J'entends le mot « régulier ». C'est celui dont j'ai besoin." },
  },
  codeveloppement: {
    key: 'accepter, Codéveloppement',
    author: 'luc',
    title: 'Accepter le but et le domaine de Codéveloppement',
    text: "Nous acceptons le but et le domaine confiés par le cercle général, et Luc comme chef jusqu'à la fin de son mandat.",
    need: 'Plusieurs arrivent avec une autre pratique du codéveloppement. Il nous faut un but commun pour choisir la nôtre.',
    example:
      'Au premier café, Carmen parlait de formation et Jean-Philippe de résolution de problèmes. Les deux avaient raison ailleurs.',
    review: [11],
    measures: ['À la fin de chaque séance, la personne cliente dit si elle a avancé.'],
    reactions: { carmen: '« Chaque personne apprend » : voilà qui me rassemble.' },
  },
  leadership: {
    key: 'accepter, Leadership contributif',
    author: 'fatou',
    title: 'Accepter le but et le domaine de Leadership contributif',
    text: "Nous acceptons le but et le domaine confiés par le cercle général, et Fatou comme chef jusqu'à la fin de son mandat.",
    need: "Un cercle qui apprend le leadership doit commencer par savoir d'où vient le sien.",
    example:
      "Au conseil où je siégeais, tout le monde parlait de partage du pouvoir et une seule personne fixait l'ordre du jour.",
    review: [12],
    measures: ["Chaque atelier laisse une trace que d'autres peuvent reprendre."],
    questions: [
      {
        by: 'david',
        text: 'Que veut dire « rendre à la communauté »?',
        answer: 'Écrire ce que nous avons compris, simplement, et le laisser à qui veut le reprendre.',
      },
    ],
  },
  releve: {
    key: 'accepter, Relève',
    author: 'jade',
    title: 'Accepter le but et le domaine de Relève',
    text: "Nous acceptons le but et le domaine confiés par le cercle général, et Jade comme chef jusqu'à la fin de son mandat.",
    need: "Nous voulons commencer par un but que nous avons choisi, pas par un but qu'on a choisi pour nous.",
    example:
      "L'an dernier, on nous a confié l'accueil « parce que vous êtes jeunes ». Nous aurions aimé qu'on nous demande ce qui nous attire.",
    review: [40],
    measures: ['Chaque membre peut dire quelle place le cercle lui a permis de prendre.'],
  },
};

/** By which the general circle convenes a circle. */
export function convening(
  name: 'entraide' | 'codeveloppement' | 'leadership' | 'releve',
  circle: Convened,
): ProposalText {
  return { key: `convoquer, ${circle.name}`, title: `Convoquer le cercle ${circle.name}`, ...conveningTexts[name] };
}

const conveningTexts: Readonly<
  Record<'entraide' | 'codeveloppement' | 'leadership' | 'releve', Omit<ProposalText, 'key' | 'title'>>
> = {
  entraide: {
    author: 'helene',
    text: "Le cercle général convoque le cercle Entraide et lui confie le programme de ses rencontres et l'accueil des personnes qui y arrivent. Hélène le convoque et en est la chef pour un an.",
    need: "Des personnes s'épaulent déjà deux par deux. Elles demandent un lieu où apprendre à mieux écouter ensemble.",
    example:
      "L'an dernier, Ginette accompagnait trois voisines en même temps. Elle a fini par s'épuiser, sans personne à qui le dire.",
    review: [6],
    questions: [
      {
        by: 'karim',
        text: 'Combien de personnes au départ?',
        answer: 'Sept. Elles ont dit oui à une première rencontre, chacune acceptera sa place elle-même.',
      },
    ],
  },
  codeveloppement: {
    author: 'luc',
    text: 'Le cercle général convoque le cercle Codéveloppement et lui confie le programme des séances et le jumelage entre les rencontres. Luc le convoque et en est le chef pour un an.',
    need: "Plusieurs membres portent seuls des situations de travail difficiles, alors que d'autres ont vécu la même chose.",
    example:
      "Yasmine a mis deux mois à trouver comment parler à son équipe. Rosalie était passée par là l'an dernier, à deux rues d'elle.",
    review: [7],
    questions: [
      {
        by: 'fatou',
        text: "Deux personnes d'un même milieu de travail peuvent-elles y être?",
        answer: "Oui, sauf si l'une dirige l'autre.",
      },
    ],
  },
  leadership: {
    author: 'fatou',
    text: 'Le cercle général convoque le cercle Leadership contributif et lui confie les ateliers et la banque de documents. Fatou le convoque et en est la chef pour un an.',
    need: 'Nous prenons des mandats sans avoir appris à les exercer autrement que nous les avons subis.',
    example: 'Dans trois de nos organismes, la même personne préside depuis huit ans, faute de relève préparée.',
    review: [8],
    questions: [
      {
        by: 'helene',
        text: 'La banque de documents sera-t-elle ouverte à tous les cercles?',
        answer: "C'est l'idée. Le cercle proposera comment.",
      },
    ],
  },
  releve: {
    author: 'nadia',
    text: "Le cercle général convoque le cercle Relève et lui confie l'accompagnement des personnes qui prendront la relève. Jade le convoque et en est la chef pour un an.",
    need: 'Quatre membres de moins de trente ans sont arrivés cette année. Aucun cercle ne leur ressemble tout à fait, et aucun mandat ne leur est préparé.',
    example: "Sofia a proposé son aide trois fois. Trois fois, nous l'avons remerciée sans rien lui confier.",
    review: [44],
    measures: ['Dans un an, deux personnes du cercle tiennent un office dans la communauté.'],
    questions: [
      {
        by: 'ginette',
        text: "Jade anime déjà Leadership contributif. Qui l'épaule?",
        answer: 'Wilner a accepté de partager la préparation pendant la session.',
      },
    ],
    reactions: { yasmine: "Je l'attendais. Je demande seulement qu'on les écoute avant de les aider." },
  },
};

export interface Accompanied {
  readonly key: string;
  readonly author: Who;
  readonly example: string;
  readonly review: Day;
  readonly concern?: string;
}

/** By which a practice circle asks the expert to accompany it. */
export function accompaniment({ key, author, example, review }: Accompanied): ProposalText {
  return {
    key,
    author,
    title: 'Demander à Louise Charbonneau de nous accompagner',
    text: "Louise Charbonneau, experte agréée, accompagne le cercle pendant un an. Elle lit nos travaux, assiste à deux rencontres et nous dit ce qu'elle observe. Elle ne nomme pas, ne répond pas dans nos tours et ne tient aucun office.",
    need: 'Nous commençons une pratique que peu connaissent. Un regard formé, du dehors, nous évitera de nous raconter que tout va bien.',
    example,
    review,
    measures: ['Ses observations nous ont fait changer au moins une façon de faire.'],
  };
}

export const accompaniments: readonly [Accompanied, Accompanied, Accompanied] = [
  {
    key: 'experte, Entraide',
    author: 'salma',
    example:
      "À notre essai, nous avons pris un silence pour un consentement. Personne ne l'a remarqué avant le lendemain.",
    review: [14],
  },
  {
    key: 'experte, Codéveloppement',
    author: 'yasmine',
    example: "L'an dernier, un groupe semblable s'est éteint en six rencontres. Personne n'a su dire pourquoi.",
    review: [15],
  },
  {
    key: 'experte, Leadership contributif',
    author: 'jade',
    example: 'Nous avons cru faire un tour de table. Nous avions en fait débattu à trois pendant vingt minutes.',
    review: [16],
  },
];
