import type { Who } from '../people.js';
import type { Objecting, ProposalText } from '../proposal-text.js';

export const accueillirEmile: ProposalText = {
  key: 'accueillir Émile',
  author: 'wilner',
  title: 'Accueillir Émile Vollant dans notre cercle',
  text: "Émile Vollant devient membre du cercle Leadership contributif. Wilner et Maïté l'accompagnent pendant ses trois premières rencontres.",
  need: 'Nous sommes six et aucun de nous ne vient de la Côte-Nord. Nos ateliers parlent de territoires que nous connaissons mal.',
  example:
    "À l'atelier sur l'animation, Émile, venu en visite, a raconté comment les aînés ouvrent une assemblée. Nous avons changé notre façon d'ouvrir le soir même.",
  review: [20],
  measures: ['Émile dit, dans six mois, si la place lui convient.'],
  questions: [
    {
      by: 'david',
      text: 'Peut-il être présent à six rencontres par année?',
      answer: 'Il monte à Montréal toutes les deux semaines pour son travail.',
    },
  ],
  reactions: {
    nadia: 'Il a écouté une heure avant de parler. Je me suis sentie bien.',
    fatou: "Sa question sur le mot « chef » m'est restée toute la semaine.",
  },
};

export const accueillirThomas: ProposalText = {
  key: 'accueillir Thomas',
  author: 'david',
  title: 'Accueillir Thomas Bergeron dans notre cercle',
  text: "Thomas Bergeron devient membre du cercle Leadership contributif. David et Jade l'accompagnent pendant ses trois premières rencontres.",
  need: "Thomas coordonne une coopérative d'habitation en pleine réorganisation. Il a besoin de pairs, et nous, d'un terrain vivant.",
  example:
    'Il nous a présenté le règlement de sa coopérative. En une heure, nous y avons vu quatre de nos propres questions.',
  review: [20],
  measures: ['Thomas dit, dans six mois, si la place lui convient.'],
  questions: [
    { by: 'emile', text: 'Sait-il que nous documentons nos ateliers?', answer: 'Oui, et il en est heureux.' },
  ],
  reactions: { wilner: "J'aime qu'il arrive avec un chantier et pas seulement avec des idées." },
};

export const annonces: ProposalText = {
  key: 'annoncer les ateliers',
  author: 'fatou',
  title: "Annoncer nos ateliers six semaines d'avance",
  text: "La date, le lieu et le thème d'un atelier sont annoncés aux autres cercles six semaines d'avance. Fatou tient la liste et l'envoie.",
  need: 'Nos ateliers se remplissent au hasard de qui a entendu parler de quoi.',
  example:
    "Salma a su la veille qu'il y avait un atelier sur l'animation. Elle n'a trouvé personne pour garder ses filles.",
  review: [20],
  measures: ["Nombre de personnes d'autres cercles à chaque atelier."],
  responsible: 'fatou',
  questions: [
    {
      by: 'jade',
      text: "Et si un atelier naît d'une urgence?",
      answer: "Il se tient quand même, et je l'annonce dès que je le sais.",
    },
  ],
  reactions: {
    david: 'Six semaines, cela laisse le temps de trouver une salle.',
    jade: 'Pour moi, six semaines, c’est une éternité.',
    emile: 'De la Côte-Nord, il faut bien cela pour réserver le train.',
  },
};

export const dansLElan: Objecting = {
  argument: "Six semaines, c'est trop tôt à mon goût. Je choisis mes thèmes dans l'élan, deux semaines avant.",
  affects: 'Mon travail : la préparation de mes ateliers.',
  kind: 'HindersMyWork',
};

/** What each of the others says when asked whether this is an objection. */
export const unePreference: Partial<Record<Who, string>> = {
  fatou: 'Jade peut préparer dans l’élan et annoncer le thème tôt. Le texte ne dit rien du contenu.',
  david: "C'est une préférence, et je la comprends. Je ne vois pas ce qui empêcherait son travail.",
  nadia: 'Rien dans ses ateliers ne serait moins bon. Ils seraient connus plus tôt.',
  wilner: 'Je lui ai demandé si elle pourrait travailler ainsi. Elle a dit oui, à regret.',
  emile: 'Un inconfort, pas une limite.',
  maite: "Je l'entends comme un souhait. Gardons-le pour la révision.",
};

export const elanConcern = "Je demande qu'on regarde, à la révision, si nos thèmes ont perdu de leur fraîcheur.";

export const documents: ProposalText = {
  key: 'banque de documents',
  author: 'david',
  title: 'Une banque de documents ouverte',
  text: "Nos ateliers sont versés dans une banque de documents que tous les cercles peuvent lire et reprendre, avec le nom du cercle et la date. Aucun texte n'y entre sans l'accord des personnes qu'il nomme. David verse, Nadia relit.",
  need: 'Ce que nous apprenons reste dans nos cahiers. Les autres cercles refont le même chemin.',
  example:
    "Il y a deux mois, Entraide a préparé un exercice d'écoute presque identique à celui de notre deuxième atelier. Deux soirées de travail, pour rien.",
  review: [28],
  measures: [
    'Nombre de documents repris par un autre cercle.',
    "Aucune plainte d'une personne nommée sans son accord.",
  ],
  responsible: 'david',
  questions: [
    {
      by: 'maite',
      text: 'Les autres cercles peuvent-ils modifier les textes?',
      answer: "Ils peuvent les reprendre et les adapter chez eux. L'original reste tel quel.",
    },
    {
      by: 'emile',
      text: 'Et les récits confiés par des aînés?',
      answer: "Ils n'entrent pas dans la banque, sauf si la personne le demande elle-même.",
    },
  ],
  reactions: {
    jade: 'Relève en aurait besoin dès demain.',
    emile: "La réponse sur les récits me suffit, et j'y veillerai.",
  },
};

export const documentsConcern = "La relecture repose sur moi seule. Je demande qu'on regarde la charge à la révision.";

export const sansEcran: ProposalText = {
  key: 'sans écran',
  author: 'nadia',
  title: 'Sans écran, une rencontre sur deux',
  text: 'Une rencontre sur deux se tient sans ordinateur ni téléphone. Les notes se prennent à la main, et le secrétaire les transcrit ensuite.',
  need: "Nous regardons nos écrans pendant que quelqu'un parle, moi la première.",
  example: "À l'avant-dernière rencontre, Wilner a attendu trois fois qu'on lève la tête.",
  review: [24],
  measures: ['Chacun dit, à la fin, à quel point il a été entendu.'],
  questions: [
    {
      by: 'david',
      text: 'Et qui lit sur écran parce que ses yeux le demandent?',
      answer: 'Tu mets le doigt sur ce qui manque au texte.',
    },
  ],
  reactions: {
    david: "Transcrire me prendra une heure de plus. Je le dis sans m'y opposer.",
    wilner: "J'avais cessé d'attendre. Merci de l'avoir vu.",
    fatou: "Une exception pour qui en a besoin, et je m'y retrouve.",
    jade: "J'aimerais que nous disions à l'avance quelles rencontres.",
    emile: 'Nos assemblées se tiennent ainsi. On se souvient mieux.',
  },
};
