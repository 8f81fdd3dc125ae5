import type { Instant } from '@app/kernel';

/** Blanks what is known of a person outside the log: name, address, account. Bound by the application; doing it again changes nothing. */
export abstract class Forgetting {
  abstract forget(memberId: string): Promise<void>;
}

/** Ends what a person may read and do in their community, outside the log. Bound by the application; doing it again changes nothing. */
export abstract class Departing {
  abstract depart(memberId: string, at: Instant): Promise<void>;
}
