import type { Objecting, ProposalText } from '../proposal-text.js';

export const contribution: ProposalText = {
  key: 'contribution selon ses moyens',
  author: 'mireille',
  title: 'Une contribution selon ses moyens',
  text: "Chaque membre choisit, une fois par année et sans justification, ce qu'il verse : de 0 $ à 120 $. Personne d'autre que Luc ne connaît les montants. Nous publions le total et ce qu'il a servi à payer.",
  need: 'Nos frais de salle et de café approchent 1 800 $ par année. Trois personnes les paient de leur poche.',
  example: "L'an dernier, Karim a payé la salle pendant quatre mois sans le dire à personne.",
  review: [10],
  measures: ['Le total couvre les frais.', "Personne n'a renoncé à venir à cause de l'argent."],
  responsible: 'luc',
  questions: [
    {
      by: 'yasmine',
      text: 'Que se passe-t-il si le total ne suffit pas?',
      answer: 'Nous revenons ici, avec les chiffres, avant de couper quoi que ce soit.',
    },
    {
      by: 'nadia',
      text: "Peut-on donner en temps plutôt qu'en argent?",
      answer: "On le fait déjà. Ce texte ne parle que d'argent.",
    },
  ],
  reactions: {
    ginette: 'À Entraide, deux personnes comptent leurs sous. « Sans justification », ces mots-là comptent.',
    karim: "Je suis un peu gêné d'être dans l'exemple, et soulagé.",
  },
};

export const contributionConcerns = {
  ginette: 'Je crains que les personnes à zéro se sentent redevables. Demandons-leur, sans les nommer, à la révision.',
  luc: 'Je serai seul à connaître les montants. Il faudra une deuxième personne si je tombe malade.',
};

export const butCodev: ProposalText = {
  key: 'préciser le but de Codéveloppement',
  author: 'yasmine',
  title: 'Préciser le but de Codéveloppement',
  text: 'Le but du cercle Codéveloppement devient : aider chaque membre à avancer dans une situation de son travail ou de son engagement bénévole, par une consultation entre pairs où chaque personne apprend et où ce qui est confié reste protégé.',
  need: 'La moitié des situations apportées viennent du bénévolat, que notre but ne nomme pas. Et la confidentialité y est sous-entendue.',
  example: "Carmen a hésité à parler de sa présidence à la garderie : elle pensait que ce n'était pas du travail.",
  review: [18],
  measures: ['Les membres savent dire le but sans le relire.'],
  questions: [
    {
      by: 'mireille',
      text: 'Le cercle en a-t-il parlé?',
      answer: 'À ses deux dernières rencontres. Les huit membres me demandent de le porter ici.',
    },
  ],
  reactions: { luc: 'Comme chef du cercle, je le demande aussi.' },
};

export const calendrier: ProposalText = {
  key: 'calendrier commun',
  author: 'karim',
  title: 'Un calendrier commun, fixé en juin',
  text: "Chaque cercle remet ses dates de l'année au cercle général avant le 15 juin. Le cercle général les réunit dans un seul calendrier, qui ne change plus que par sa décision.",
  need: 'Les rencontres de deux cercles tombent souvent le même soir, et qui siège aux deux doit choisir.',
  example: "Maïté a manqué trois soirs d'Entraide pour être à Leadership contributif.",
  review: [30],
  measures: ['Nombre de soirs où deux cercles se chevauchent.'],
  questions: [
    {
      by: 'fatou',
      text: "Un cercle peut-il ajouter une rencontre en cours d'année?",
      answer: 'Dans ce texte, il le demande ici.',
    },
  ],
  reactions: {
    nadia: "J'entends le besoin. Le mot « plus » me fait tiquer.",
    helene: 'Un seul calendrier sur mon réfrigérateur, quel repos.',
  },
};

export const datesFigees: Objecting = {
  argument:
    "Nos ateliers suivent les disponibilités des personnes qui les donnent, que nous connaissons trois semaines d'avance. Cette année, cinq de nos huit dates ont bougé. S'il faut attendre la rencontre du cercle général, l'atelier n'a pas lieu.",
  affects:
    'Le programme des ateliers est notre domaine. Fixé en juin, il se viderait, et ma charge de second lien deviendrait de demander des permissions.',
  kind: 'HindersMyWork',
  remedy: 'Un calendrier que chaque cercle tient à jour lui-même, en voyant les autres.',
};

export const fonds: ProposalText = {
  key: 'fonds de dépannage',
  author: 'helene',
  title: 'Un petit fonds de dépannage',
  text: 'Le cercle général met de côté 400 $ par année pour dépanner un membre : un transport, une garde, une facture qui empêche de venir. Deux personnes, nommées pour six mois, répondent dans les trois jours, sans demander de preuve et sans dire pour qui.',
  need: "Des membres cessent de venir pour une raison d'argent et ne le disent pas.",
  example:
    "Il y a quelques mois, une membre d'Entraide est restée chez elle deux mois. Il lui manquait de quoi réparer sa voiture.",
  review: [26],
  measures: ["Le fonds a servi, et personne n'a eu à se justifier."],
  resources: '400 $ pris sur les contributions.',
};
