const domain = 'solidarite.example';

const cast = {
  mireille: 'Mireille Cardinal',
  karim: 'Karim Haddad',
  helene: 'Hélène Bouchard',
  luc: 'Luc Thibodeau',
  fatou: 'Fatou Diagne',
  salma: 'Salma Benali',
  antoine: 'Antoine Tremblay',
  ginette: 'Ginette Ouellet',
  marcAndre: 'Marc-André Fortin',
  naomi: 'Naomi Awashish',
  maite: 'Maïté Larocque',
  yasmine: 'Yasmine Rahmani',
  pierre: 'Pierre Gagné',
  mai: 'Mai Nguyen',
  rosalie: 'Rosalie Vachon',
  jeanPhilippe: 'Jean-Philippe Ménard',
  carmen: 'Carmen Ortiz',
  jade: 'Jade Pelletier',
  david: 'David Abitbol',
  nadia: 'Nadia Petrescu',
  wilner: 'Wilner Joseph',
  emile: 'Émile Vollant',
  thomas: 'Thomas Bergeron',
  sofia: 'Sofia Pereira',
  olivier: 'Olivier Lachance',
  beatrice: 'Béatrice Sioui',
  louise: 'Louise Charbonneau',
} as const;

/** Somebody of the demo community, by a short name that stays in this folder. */
export type Who = keyof typeof cast;

/** Everybody has the same password: it protects nothing. */
export const demoPassword = 'ensemble-en-cercle';

export const nameOf = (who: Who): string => cast[who];

/** An address that no mail reaches. */
export function emailOf(who: Who): string {
  const plain = cast[who].normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
  return `${plain.replace(' ', '.')}@${domain}`;
}

export interface DemoAccount {
  /** What this person is, in French. */
  readonly role: string;
  readonly name: string;
  readonly email: string;
  readonly password: string;
}

const shown: readonly (readonly [Who, string])[] = [
  ['maite', 'membre, Entraide et Leadership contributif'],
  ['salma', 'animatrice, Entraide'],
  ['antoine', 'secrétaire, Entraide'],
  ['helene', 'chef, Entraide'],
  ['yasmine', 'second lien, Codéveloppement'],
  ['mireille', 'chef, cercle général'],
  ['louise', 'experte agréée'],
];

/** The accounts to try it with: one for each way of taking part. */
export const demoAccounts: readonly DemoAccount[] = shown.map(([who, role]) => ({
  role,
  name: nameOf(who),
  email: emailOf(who),
  password: demoPassword,
}));
