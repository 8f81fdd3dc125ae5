import type { Objecting, ProposalText } from '../proposal-text.js';

export const seances: ProposalText = {
  key: 'une séance par mois',
  author: 'pierre',
  title: 'Une séance par mois, deux personnes clientes',
  text: "Chaque mois, une séance de trois heures accueille deux personnes clientes, une heure et quart chacune. Les personnes clientes se nomment à la rencontre d'avant, dans l'ordre où elles se présentent.",
  need: 'Nous sommes huit et chacun attend son tour. À une personne par mois, la dernière passe au bout de huit mois.',
  example: 'Rosalie avait une décision à prendre avant la fin du mois. Son tour est venu après.',
  review: [12],
  measures: ['Délai entre la demande et la séance.', 'Ce que dit la personne cliente à la fin.'],
  questions: [
    { by: 'karim', text: 'Y a-t-il une pause entre les deux?', answer: 'Dix minutes, à la porte de la salle.' },
    {
      by: 'jeanPhilippe',
      text: "Et s'il n'y a qu'une demande?",
      answer: 'La deuxième partie sert à revenir sur les apprentissages.',
    },
  ],
  reactions: {
    yasmine: 'Trois heures le soir, après le travail, je sens déjà la fatigue.',
    rosalie: "Avec cela, j'aurais eu mon tour à temps.",
  },
};

export const deuxiemeSacrifiee: Objecting = {
  argument:
    "La deuxième personne cliente passe quand tout le monde est fatigué. Aux trois séances doubles que j'ai vécues ailleurs, le tour des apprentissages a sauté chaque fois pour la deuxième.",
  affects: 'Notre but dit que chaque personne apprend. Pour la deuxième moitié de la séance, ce ne serait plus vrai.',
  kind: 'HindersCircleAim',
};

export const seancesEgales = {
  text: "Chaque mois, une séance de trois heures accueille deux personnes clientes, une heure et quart chacune, avec une vraie pause de vingt minutes et un repas léger. Le tour des apprentissages se fait à la fin de chaque consultation, jamais reporté. Qui passe en deuxième passe en premier la fois suivante. Les personnes clientes se nomment à la rencontre d'avant.",
  why: "Carmen a raison sur la fatigue. La pause, le repas et l'ordre des apprentissages protègent la deuxième personne.",
};

export const seancesConcern =
  "Trois heures restent longues pour qui se lève à cinq heures. Je demande qu'on regarde les départs avant la fin.";

export const enregistrer: ProposalText = {
  key: 'enregistrer les séances',
  author: 'jeanPhilippe',
  title: 'Enregistrer nos séances pour les personnes absentes',
  text: "Chaque séance est enregistrée en audio. L'enregistrement reste accessible aux membres du cercle pendant un mois, puis il est effacé par la secrétaire.",
  need: 'Qui manque une séance perd le fil de ce que le groupe a appris.',
  example: "J'ai manqué celle sur les conflits d'équipe. On en parle encore, et je souris sans comprendre.",
  review: [22],
  measures: ["Nombre d'écoutes.", 'Ce que disent les personnes clientes de leur liberté de parole.'],
  resources: 'Un petit enregistreur, environ 120 $.',
  questions: [
    {
      by: 'carmen',
      text: 'La personne cliente peut-elle refuser?',
      answer: "Dans ce texte, non, mais j'entends la question.",
    },
    { by: 'mai', text: 'Où le fichier serait-il gardé?', answer: 'Sur une clé, chez la secrétaire.' },
  ],
  reactions: {
    karim: "J'ai manqué deux fois cette année. J'aurais écouté.",
    carmen: 'Mon corps a reculé en entendant le mot « enregistrée ».',
    rosalie: "Je me demande si j'aurais dit ce que j'ai dit.",
  },
};

export const paroleLibre: Objecting = {
  argument:
    "En consultation, nous nommons des collègues, des patronnes, des enfants. Ces personnes n'ont rien accepté. Au centre où je travaillais, un enregistrement oublié dans un tiroir a coûté son poste à quelqu'un.",
  affects:
    'Le tort irait au-delà du cercle, à des personnes absentes. Et devant un micro, la personne cliente ne dira plus sa vraie demande.',
  kind: 'HarmBeyondCircle',
  remedy: 'Garder la trace des apprentissages plutôt que des paroles.',
};

export const jumelage: ProposalText = {
  key: 'jumelages',
  author: 'yasmine',
  title: 'Des jumelages entre deux rencontres',
  text: "Entre deux séances, qui le souhaite est jumelé à un autre membre pour une heure d'écoute, au téléphone ou en marchant. Mai forme les paires, sans répéter la même avant trois mois. Chacun peut cesser quand il veut, sans dire pourquoi.",
  need: "Un mois entre deux séances, c'est long quand une situation bouge vite.",
  example:
    "J'ai reçu une réponse difficile trois jours après ma consultation. J'aurais eu besoin d'une heure, pas d'un mois.",
  review: [25],
  measures: ['Les paires se sont-elles parlé?', 'Au bout de trois mois, qui veut continuer?'],
  questions: [
    { by: 'pierre', text: 'Et si nous sommes un nombre impair?', answer: 'Une des paires devient un trio ce mois-là.' },
    {
      by: 'karim',
      text: 'Peut-on être jumelé à une personne avec qui on siège au cercle général?',
      answer: "Oui, sauf si l'une rend des comptes à l'autre.",
    },
    { by: 'rosalie', text: 'Ce qui se dit à deux reste-t-il hors du cercle, même si cela touche le groupe?' },
  ],
};
