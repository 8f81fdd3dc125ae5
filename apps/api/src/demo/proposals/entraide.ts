import type { Objecting, ProposalText } from '../proposal-text.js';

export const accueil: ProposalText = {
  key: 'accueil à deux voix',
  author: 'naomi',
  title: "L'accueil à deux voix",
  text: "Deux membres reçoivent chaque nouvelle personne à sa première rencontre. Naomi et Salma s'en chargent cette année. Elles l'appellent la semaine d'avant et la rappellent la semaine d'après.",
  need: 'Les personnes qui arrivent ne savent pas à qui parler, et nous nous fions à la gentillesse du moment.',
  example:
    "À ma première rencontre, je suis arrivée sans savoir à qui parler. Je suis restée près des manteaux jusqu'à l'ouverture.",
  review: [5],
  measures: ["Nombre d'accueils faits à deux.", 'Trois mois plus tard, la personne est-elle encore là?'],
  questions: [
    {
      by: 'maite',
      text: 'Que se passe-t-il si une seule des deux est libre?',
      answer: "Elle le fait seule ce jour-là, et l'autre rappelle.",
    },
    {
      by: 'helene',
      text: 'Est-ce que cela vaut pour une personne qui vient seulement observer?',
      answer: 'Oui, surtout pour elle.',
    },
  ],
  reactions: {
    marcAndre: "L'idée me plaît. Quelque chose me retient dans la façon, je ne sais pas encore dire quoi.",
    ginette: 'La personne près des manteaux, cela aurait pu être moi.',
    salma: 'Je le ferais avec plaisir.',
  },
};

export const chargeDeDeux: Objecting = {
  argument:
    "Nous comptons sur les deux mêmes personnes pour toute l'année. Au groupe de la paroisse, c'est ainsi que Lucie est partie : elle accueillait tout le monde et personne ne l'accueillait, elle.",
  affects:
    "Notre but est de nous épauler. Si l'accueil épuise deux membres, nous perdons ce que nous offrons aux autres.",
  kind: 'HindersCircleAim',
  remedy: 'Que la charge tourne entre nous.',
};

export const accueilTournant = {
  text: "Deux membres reçoivent chaque nouvelle personne à sa première rencontre. La charge tourne : chaque membre accueille au plus deux personnes par année, et la secrétaire ou le secrétaire tient la liste. Les deux appellent la personne la semaine d'avant et la rappellent la semaine d'après.",
  why: 'Marc-André a montré que nous comptions sur deux personnes seulement. En tournant, chaque membre apprend aussi à accueillir.',
};

export const silence: ProposalText = {
  key: "silence à l'ouverture",
  author: 'marcAndre',
  title: "Trois minutes de silence à l'ouverture",
  text: "Chaque rencontre s'ouvre par trois minutes de silence, avant le tour d'accueil. La personne qui anime donne le début et la fin. C'est un essai de quatre mois.",
  need: 'Nous arrivons du travail ou du trafic. Le premier tour se perd en nouvelles de la route.',
  example: "Le mois dernier, il a fallu vingt minutes avant que quelqu'un dise une phrase qui comptait.",
  review: [7],
  expires: [9],
  measures: ["Chacun note, d'un mot, comment il arrive au premier tour."],
  questions: [
    {
      by: 'antoine',
      text: 'Et les personnes en retard?',
      answer: 'Elles attendent à la porte, nous la laissons entrouverte.',
    },
  ],
  reactions: {
    maite: "Je ne suis pas sûre d'aimer le silence. J'ai envie de le découvrir avec vous.",
    naomi: 'Chez nous, on commence ainsi. Cela me fait du bien de le lire.',
  },
};

export const silenceConcern =
  'Trois minutes peuvent paraître longues à qui vient pour la première fois. Relisons cela avec les personnes nouvelles.';

export const autreSoir: ProposalText = {
  key: 'changer de soir',
  author: 'antoine',
  title: 'Passer nos rencontres au jeudi',
  text: 'Nos rencontres passent du mardi au jeudi, à la même heure, dès le mois prochain.',
  need: 'Le mardi, la salle du haut est partagée avec la chorale, et nous nous entendons mal.',
  example: 'Deux fois de suite, nous avons dû suspendre un tour pendant les vocalises.',
  review: [6],
  measures: ['Présences avant et après.'],
  questions: [
    {
      by: 'salma',
      text: 'As-tu demandé à la chorale si elle pouvait changer de salle?',
      answer: "Non. Je n'y avais pas pensé.",
    },
  ],
  reactions: {
    ginette: 'Le jeudi, je garde ma petite-fille.',
    maite: "Le jeudi, je travaille jusqu'à vingt heures.",
    helene: "Je vois le besoin. Je me demande s'il n'y a pas plus simple.",
  },
};

export const hiver: ProposalText = {
  key: "rencontres d'hiver en ligne",
  author: 'antoine',
  title: "Deux rencontres d'hiver en ligne",
  text: "De décembre à mars, toutes les rencontres se tiennent en ligne. Salma s'assure que chaque membre dispose d'un appareil et d'un lieu calme.",
  need: "L'hiver, trois membres font plus d'une heure de route. Quand il neige, nous perdons le quorum et le groupe repart sans rien décider.",
  example:
    "Un soir de tempête, la neige a retenu Ginette et Naomi. Le quorum n'était pas atteint, et nous avons repris la route pour rien.",
  review: [26],
  measures: [
    'Présences de décembre à mars.',
    'Ce que chaque membre dit de la qualité de son écoute, en fin de rencontre.',
  ],
  responsible: 'salma',
  questions: [
    {
      by: 'maite',
      text: "Qui n'a pas d'appareil?",
      answer: 'Hélène en emprunte un. Le centre communautaire peut nous en prêter deux.',
    },
    { by: 'naomi', text: 'Est-ce que les exercices à deux se font aussi en ligne?', answer: 'Dans ce texte, oui.' },
  ],
  reactions: {
    ginette: 'Je pense à la route de nuit, et je respire mieux.',
    marcAndre: "J'entends le besoin. Quelque chose en moi se serre quand je pense à nos exercices.",
    helene: 'Je me débrouille mal avec les écrans, mais je veux que nous soyons toutes et tous là.',
  },
};

export const exercicesEnPresence: Objecting = {
  argument:
    "Sans présence, nos exercices à deux perdent le silence et le corps. Les deux fois où nous les avons faits à l'écran, chacun regardait sa propre image. C'est dans ces exercices qu'on apprend à écouter.",
  affects:
    "Notre but est d'apprendre à mieux écouter. Quatre mois sans exercices en présence, c'est presque la moitié de notre année.",
  kind: 'HindersCircleAim',
  remedy: 'Garder une partie de nos rencontres en personne.',
};

export const hiverPartage = {
  text: "De décembre à mars, deux rencontres sur les quatre se tiennent en ligne. Le cercle choisit lesquelles à la rencontre d'octobre. Chacune commence par un tour d'accueil où l'on dit d'où l'on parle. Les exercices d'écoute à deux restent réservés aux rencontres en personne. Salma s'assure que chaque membre dispose d'un appareil et d'un lieu calme.",
  why: "Marc-André nous a fait voir ce que l'écran enlève aux exercices. La portée est réduite à deux rencontres, et les exercices restent en personne.",
};

export const ligneQuiCoupe: Objecting = {
  argument:
    "En janvier, ma ligne coupe aux dix minutes. Les deux derniers essais, j'ai entendu la moitié du tour, et je n'ai pas su ce que j'avais manqué.",
  affects:
    "Le but : offrir à ses membres un lieu régulier où apprendre à mieux écouter. Ces deux rencontres n'en seraient pas un pour moi.",
  kind: 'HindersMyWork',
  remedy: 'Pouvoir me joindre par téléphone, ou me rendre chez un membre qui a une bonne ligne.',
};

export const hiverConcern = "Je crains que les nouveaux venus s'attachent moins au groupe. À relire au printemps.";

export const pause: ProposalText = {
  key: 'une pause au milieu',
  author: 'ginette',
  title: 'Une pause au milieu de chaque rencontre',
  text: "Chaque rencontre de plus d'une heure et demie comprend une pause de dix minutes, à peu près au milieu. La personne qui anime l'annonce à l'ouverture.",
  need: "Après une heure, plusieurs ne tiennent plus assis et n'osent pas se lever pendant un tour.",
  example: 'La dernière fois, quatre personnes sont sorties une à une pendant les réactions.',
  review: [24],
  measures: ['Les tours se font-ils au complet?'],
  questions: [
    {
      by: 'antoine',
      text: 'La pause compte-t-elle dans les deux heures?',
      answer: "Oui. Nous gardons l'heure de fin.",
    },
  ],
  reactions: {
    salma: "Je le sens quand j'anime : passé une heure, les phrases raccourcissent.",
    helene: 'Mon dos consent déjà.',
    marcAndre: "J'y vois aussi l'occasion de parler à qui l'on n'a pas encore parlé.",
  },
};

export const coinLecture: ProposalText = {
  key: 'coin lecture',
  author: 'maite',
  title: 'Un coin lecture qui circule',
  text: "Une boîte de dix livres passe d'un membre à l'autre à chaque rencontre. Chacun y glisse un mot sur ce qu'il a lu.",
  need: 'Nous parlons souvent des mêmes livres sans les avoir sous la main.',
  example: "Trois personnes ont acheté le même livre sur l'écoute le même mois.",
  review: [30],
};
