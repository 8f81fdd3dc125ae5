import { carryingOurVoice } from '../elections/entraide.js';
import type { Who } from '../people.js';
import {
  accueil,
  accueilTournant,
  autreSoir,
  chargeDeDeux,
  coinLecture,
  exercicesEnPresence,
  hiver,
  hiverConcern,
  hiverPartage,
  ligneQuiCoupe,
  pause,
  silence,
  silenceConcern,
} from '../proposals/entraide.js';
import type { Scene } from '../world.js';
import { evenings } from './evening.js';

const tuesday = evenings('entraide', 'mardi', '19:00');

const welcoming: readonly Scene[] = [
  tuesday(-34, async (world, gathering) => {
    const sheet = world.sheet('entraide', accueil);
    await sheet.draft();
    await sheet.hear(gathering);
    await sheet.round(gathering, { objects: { marcAndre: chargeDeDeux } });
    const text = "Que la charge tourne, avec une liste que le secrétariat tient à jour. J'en prends deux par année.";
    await sheet.offer('ginette', 'marcAndre', { option: 'amendText', text });
  }),
  {
    name: 'accueil à deux voix, version 2',
    at: [-33, 'jeudi', '20:15'],
    play: (world) => world.sheet('entraide', accueil).amend(accueilTournant),
  },
  {
    name: 'accueil à deux voix, parole de Marc-André',
    at: [-33, 'vendredi', '07:40'],
    play: (world) => world.sheet('entraide', accueil).resolve('marcAndre'),
  },
  tuesday(-31, (world, gathering) => world.sheet('entraide', accueil).round(gathering)),
];

const winter: readonly Scene[] = [
  {
    name: "rencontres d'hiver, brouillon",
    at: [-5, 'dimanche', '15:20'],
    play: (world) => world.sheet('entraide', hiver).draft(),
  },
  tuesday(-4, async (world, gathering) => {
    const sheet = world.sheet('entraide', hiver);
    await sheet.hear(gathering);
    await sheet.round(gathering, { objects: { marcAndre: exercicesEnPresence } });
    const text =
      'Réduire la portée : deux rencontres sur quatre, et garder les exercices à deux pour les soirs en personne.';
    await sheet.offer('salma', 'marcAndre', { option: 'narrowScope', text });
  }),
  {
    name: "rencontres d'hiver, version 2",
    at: [-2, 'jeudi', '20:10'],
    play: (world) => world.sheet('entraide', hiver).amend(hiverPartage),
  },
  {
    name: "rencontres d'hiver, parole de Marc-André",
    at: [-2, 'vendredi', '12:05'],
    play: (world) => world.sheet('entraide', hiver).resolve('marcAndre'),
  },
  {
    name: "rencontres d'hiver, objection de Naomi",
    at: [0, 'mercredi', '19:38'],
    play: (world) => world.sheet('entraide', hiver).answer('naomi', { objects: { naomi: ligneQuiCoupe } }),
  },
];

/** The last meeting: a round, a round of reactions and an election, none of them finished. */
const lastMeeting = tuesday(
  0,
  async (world, gathering) => {
    const present: readonly Who[] = ['salma', 'antoine', 'ginette', 'marcAndre', 'helene'];
    const answers = { only: present, concerns: { ginette: hiverConcern }, aloud: ['helene' as const] };
    await world.sheet('entraide', hiver).round(gathering, answers);
    const break_ = world.sheet('entraide', pause);
    await break_.draft();
    await break_.present(gathering);
    await break_.clarify(gathering);
    await break_.react(gathering, ['salma', 'helene', 'marcAndre']);
    const ballot = world.ballot(carryingOurVoice);
    await ballot.describe(gathering);
    await ballot.nominate(gathering, ['salma', 'antoine', 'marcAndre', 'helene']);
  },
  ['naomi', 'maite'],
);

/** The circle Entraide at work. */
export const entraideScenes: readonly Scene[] = [
  ...welcoming,
  tuesday(-26, undefined, ['maite']),
  tuesday(-21, async (world, gathering) => {
    const sheet = world.sheet('entraide', autreSoir);
    await sheet.draft();
    await sheet.present(gathering);
    await sheet.clarify(gathering);
    await sheet.react(gathering);
  }),
  {
    name: 'changer de soir, retrait',
    at: [-21, 'mercredi', '12:30'],
    play: (world) =>
      world
        .sheet('entraide', autreSoir)
        .withdraw("J'ai appelé la chorale, elle prend la salle du bas. Le besoin est comblé sans changer nos soirs."),
  },
  tuesday(-16),
  tuesday(-12, undefined, ['ginette']),
  tuesday(-8, (world, gathering) =>
    world.sheet('entraide', silence).decide(gathering, { concerns: { ginette: silenceConcern } }),
  ),
  ...winter,
  {
    name: 'second lien, élection appelée',
    at: [-2, 'mardi', '20:50'],
    play: (world) => world.ballot(carryingOurVoice).call('antoine', world.table('entraide')),
  },
  lastMeeting,
  {
    name: 'second lien, enveloppe de Naomi',
    at: [0, 'mercredi', '19:44'],
    play: (world) => world.ballot(carryingOurVoice).seal('naomi'),
  },
  {
    name: 'coin lecture, brouillon',
    at: [0, 'jeudi', '21:15'],
    play: (world) => world.sheet('entraide', coinLecture).draft(),
  },
];
