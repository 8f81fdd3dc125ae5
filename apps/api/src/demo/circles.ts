import type { FoundCommunity } from '@app/circles';
import { zone } from './calendar.js';
import type { Who } from './people.js';

/** The community as its founder writes it down. Sub-circles receive items of this domain, by their place in the list. */
export const community = {
  name: 'Communauté de solidarité',
  zone,
  root: {
    name: 'Cercle général',
    aim: "Relier les cercles de la communauté pour que chaque voix s'y rende, et prendre soin de ce que les cercles ont en commun.",
    domain: [
      "Le programme et la forme des rencontres d'entraide",
      "L'accueil des personnes qui arrivent dans l'entraide",
      'Le programme des séances de codéveloppement',
      'Le jumelage des personnes qui pratiquent entre les rencontres',
      'Les ateliers de leadership contributif et ce qui en est appris',
      'La banque de documents et la façon de la partager',
      "L'accompagnement des personnes qui prendront la relève",
      'La contribution demandée aux membres',
      'Le calendrier commun et les lieux de rencontre',
      'La parole de la communauté auprès de ses partenaires',
    ],
    category: 'general',
    meetingsPerYear: 10,
  },
} satisfies FoundCommunity['input'];

export type CircleName = 'general' | 'entraide' | 'codeveloppement' | 'leadership' | 'releve';

/** Who belongs, who leads rounds and who records them, once the circle is at work. */
export interface Cast {
  readonly leader: Who;
  readonly facilitator: Who;
  readonly secretary: Who;
  readonly members: readonly Who[];
}

export const founders: readonly Who[] = ['mireille', 'karim', 'helene', 'luc', 'fatou'];

export const casts: Readonly<Record<Exclude<CircleName, 'releve'>, Cast>> = {
  general: {
    leader: 'mireille',
    facilitator: 'karim',
    secretary: 'luc',
    members: [...founders, 'ginette', 'yasmine', 'nadia'],
  },
  entraide: {
    leader: 'helene',
    facilitator: 'salma',
    secretary: 'antoine',
    members: ['helene', 'salma', 'antoine', 'ginette', 'marcAndre', 'naomi', 'maite'],
  },
  codeveloppement: {
    leader: 'luc',
    facilitator: 'pierre',
    secretary: 'mai',
    members: ['luc', 'yasmine', 'pierre', 'mai', 'rosalie', 'jeanPhilippe', 'carmen', 'karim'],
  },
  leadership: {
    leader: 'fatou',
    facilitator: 'jade',
    secretary: 'david',
    members: ['fatou', 'jade', 'david', 'nadia', 'wilner', 'maite'],
  },
};

/** The circles that the general circle convenes, in this order. */
export interface Convened {
  readonly name: string;
  readonly aim: string;
  /** Places in the general circle's domain. */
  readonly items: readonly number[];
  readonly leader: Who;
  readonly meetingsPerYear: number;
}

export const convened: Readonly<Record<Exclude<CircleName, 'general'>, Convened>> = {
  entraide: {
    name: 'Entraide',
    aim: "Offrir à ses membres un lieu régulier où apprendre à mieux écouter, pour s'épauler et mieux accompagner les personnes qu'ils rencontrent.",
    items: [0, 1],
    leader: 'helene',
    meetingsPerYear: 10,
  },
  codeveloppement: {
    name: 'Codéveloppement',
    aim: 'Aider chaque membre à avancer dans une situation de son travail, par une consultation entre pairs où chaque personne apprend.',
    items: [2, 3],
    leader: 'luc',
    meetingsPerYear: 10,
  },
  leadership: {
    name: 'Leadership contributif',
    aim: "Apprendre par l'expérience à exercer un leadership qui fait de la place, et rendre à la communauté ce que nous en comprenons.",
    items: [4, 5],
    leader: 'fatou',
    meetingsPerYear: 8,
  },
  releve: {
    name: 'Relève',
    aim: "Préparer avec les plus jeunes de la communauté la place qu'ils veulent y prendre, et les épauler dans leurs premiers mandats.",
    items: [6],
    leader: 'jade',
    meetingsPerYear: 8,
  },
};
