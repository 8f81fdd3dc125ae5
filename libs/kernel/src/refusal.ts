/** What a refusal may tell besides its code: names of phases, numbers, ids. Never what a person wrote. */
export type Details = Readonly<Record<string, string | number | boolean | readonly string[]>>;

/** "Not you, or not now": a rule said no. An outcome, not a fault; its message is looked up by code in the reader's language. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  constructor(
    readonly code: string,
    readonly details: Details = {},
  ) {
    super(code);
  }
}

/** The shape of `refuseUnless` for one decider's list of codes: annotate a local constant with it to keep the codes closed. */
export type RefuseUnless<C extends string> = (condition: unknown, code: C, details?: Details) => asserts condition;

/** Throws a {@link Refusal} when the condition does not hold. */
export function refuseUnless(condition: unknown, code: string, details?: Details): asserts condition {
  if (!condition) throw new Refusal(code, details);
}
