import { randomUUID } from 'node:crypto';
import type { Traveller } from '../journey/client.js';

/** A command that was answered for good. */
export interface Acknowledged {
  readonly commandId: string;
  readonly proposalId: string;
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
/** Refusals that say: again, with the same command id. */
const passing = new Set(['UNAVAILABLE', 'OUTCOME_UNKNOWN', 'STALE']);

/** So many writers that draft proposals, each sending the same command again until it is answered for good. */
export class Writers {
  readonly acknowledged: Acknowledged[] = [];
  again = 0;
  private left: number;

  constructor(
    private readonly people: readonly Traveller[],
    private readonly circleId: string,
    private readonly commands: number,
  ) {
    this.left = commands;
  }

  /** From 0 to 1. */
  get progress(): number {
    return this.acknowledged.length / this.commands;
  }

  async run(writers: number): Promise<void> {
    await Promise.all(Array.from({ length: writers }, (_, nth) => this.write(this.people[nth % this.people.length]!)));
  }

  private async write(person: Traveller): Promise<void> {
    while (this.left > 0) {
      this.left -= 1;
      const commandId = randomUUID();
      const matter = {
        title: `Proposition ${this.left}`,
        text: 'Le local ouvre à 8 h.',
        need: 'Il fait chaud.',
        example: 'Hier, à midi.',
      };
      this.acknowledged.push({ commandId, proposalId: await this.send(person, { commandId, ...matter }) });
    }
  }

  private async send(person: Traveller, matter: object): Promise<string> {
    for (const end = Date.now() + 120_000; ; await pause(50)) {
      const answer = await person.tries('draftProposal', { circleId: this.circleId, ...matter }).then(
        (answer) => {
          if (answer.__typename === 'Proposal') return { id: answer.id as string, code: '' };
          // Written, though the view lags behind: the stream's name tells which proposal it is.
          if (answer.__typename === 'Recorded')
            return { id: (answer.stream as string).slice('proposal-'.length), code: '' };
          return { id: undefined, code: answer.code as string };
        },
        (error: Error) => ({ id: undefined, code: 'UNAVAILABLE', error }),
      );
      if (answer.id !== undefined) return answer.id;
      if (!passing.has(answer.code) || Date.now() > end)
        throw new Error(`a draft was refused: ${JSON.stringify(answer)}`);
      this.again += 1;
    }
  }
}
