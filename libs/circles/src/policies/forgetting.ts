/** Blanks what is known of a person outside the log: name, address, account. Bound by the application; doing it again changes nothing. */
export abstract class Forgetting {
  abstract forget(memberId: string): Promise<void>;
}
