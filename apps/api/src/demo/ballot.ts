import {
  AcceptOffice,
  CallElection,
  ChangeNomination,
  DescribeRole,
  GiveElectionConsent,
  GiveReason,
  Nominate,
  OpenChanges,
  OpenElectionConsent,
  OpenNominations,
  OpenReasons,
  ProposeNominee,
  RevealNominations,
} from '@app/elections';
import type { Caller, Receipt } from '@app/event-store';
import { type CivilDate, derivedId, idOf } from '@app/kernel';
import type { Command } from '@nestjs/cqrs';
import type { Day } from './proposal-text.js';
import type { Gathering, Table } from './gathering.js';
import type { Who } from './people.js';
import type { Stage } from './stage.js';
import { fr } from './typography.js';

/** An election as the story tells it. */
export interface ElectionText {
  /** Its name in the story: command ids come from it, so it never changes. */
  readonly key: string;
  readonly office: 'leader' | 'facilitator' | 'secretary' | 'secondLink';
  readonly cause: 'new' | 'expiry' | 'vacancy';
  readonly duties: string;
  readonly qualities: string;
  /** The last day of the term. */
  readonly until: Day;
  readonly from?: Day;
  /** Whom everybody names who is not in `named`. */
  readonly person: Who;
  readonly named: Readonly<Partial<Record<Who, Who>>>;
  readonly reasons: readonly (readonly [by: Who, text: string])[];
  readonly change?: { readonly by: Who; readonly reason: string };
  readonly rationale: string;
  readonly concerns?: Readonly<Partial<Record<Who, string>>>;
}

/** An election on its way: each step as the people of the demo take it. Who leads the proposal is whoever leads, unless named. */
export class Ballot {
  private electionId = '';
  private roundId = '';

  constructor(
    private readonly stage: Stage,
    private readonly text: ElectionText,
  ) {}

  async call(who: Who, { circleId }: Pick<Table, 'circleId'>): Promise<void> {
    const { office, cause } = this.text;
    const input = { circleId, office, seat: 1, cause };
    const { stream } = await this.act(who, 'call', (caller) => new CallElection(caller, input));
    this.electionId = idOf(stream);
  }

  async describe({ facilitator, meetingId }: Gathering): Promise<void> {
    const { duties, qualities, from, until } = this.text;
    const term = { from: from === undefined ? this.stage.today() : this.dated(from), to: this.dated(until) };
    const role = { ...this.here, meetingId, duties: fr(duties), qualities: fr(qualities), ...term };
    await this.act(facilitator, 'describe', (caller) => new DescribeRole(caller, role));
  }

  /** Opens the nominations; those who are named write theirs, everybody present unless told otherwise. */
  async nominate({ facilitator, meetingId, present }: Gathering, writing: readonly Who[] = present): Promise<void> {
    const input = { ...this.here, meetingId };
    await this.act(facilitator, 'open nominations', (caller) => new OpenNominations(caller, input));
    for (const who of writing) await this.seal(who);
  }

  /** Somebody seals their nomination. */
  async seal(who: Who): Promise<void> {
    const nominee = this.stage.member(this.text.named[who] ?? this.text.person);
    await this.act(who, `nominate ${who}`, (caller) => new Nominate(caller, { ...this.here, nominee }));
  }

  /** All envelopes at once, then the reasons, then who moves. */
  async reveal({ facilitator }: Gathering): Promise<void> {
    await this.act(facilitator, 'reveal', (caller) => new RevealNominations(caller, this.here));
    await this.act(facilitator, 'open reasons', (caller) => new OpenReasons(caller, this.here));
    for (const [by, text] of this.text.reasons)
      await this.act(by, `reason ${by}`, (caller) => new GiveReason(caller, { ...this.here, text: fr(text) }));
    await this.act(facilitator, 'open changes', (caller) => new OpenChanges(caller, this.here));
    const { change, person } = this.text;
    if (change === undefined) return;
    const moved = { ...this.here, to: this.stage.member(person), reason: fr(change.reason) };
    await this.act(change.by, 'change', (caller) => new ChangeNomination(caller, moved));
  }

  /** The lead proposes a person for the reasons heard, then asks for consent: everybody present, the nominee last. */
  async consent({ present }: Gathering, lead: Who, without: readonly Who[] = []): Promise<void> {
    const { person, rationale, concerns = {} } = this.text;
    const cites = this.text.reasons.filter(([by]) => (this.text.named[by] ?? person) === person).map(([by]) => by);
    const reasonOf = (by: Who): string => {
      const { community, member, commandId } = this.stage.caller(by, this.keyOf(`reason ${by}`));
      return derivedId(community, member, 'GiveReason', commandId);
    };
    const proposed = {
      ...this.here,
      person: this.stage.member(person),
      rationale: fr(rationale),
      cites: cites.map(reasonOf),
    };
    await this.act(lead, 'propose', (caller) => new ProposeNominee(caller, proposed));
    await this.act(lead, 'open consent', (caller) => new OpenElectionConsent(caller, this.here));
    const { community, member, commandId } = this.stage.caller(lead, this.keyOf('open consent'));
    this.roundId = derivedId(community, member, 'OpenElectionConsent', commandId);
    const others = present.filter((who) => who !== person);
    for (const who of [...others, person].filter((it) => !without.includes(it))) {
      const concern = concerns[who];
      const answer = {
        ...this.here,
        roundId: this.roundId,
        ...(concern === undefined ? {} : { concern: fr(concern) }),
      };
      await this.act(who, `consent ${who}`, (caller) => new GiveElectionConsent(caller, answer));
    }
  }

  async accept(): Promise<void> {
    await this.act(this.text.person, 'accept', (caller) => new AcceptOffice(caller, this.here));
  }

  /** The whole election in one meeting where everybody is there. */
  async hold(gathering: Gathering, lead: Who = gathering.facilitator): Promise<void> {
    await this.call(lead, gathering);
    await this.describe(gathering);
    await this.nominate(gathering);
    await this.reveal(gathering);
    await this.consent(gathering, lead);
    await this.accept();
  }

  private get here(): { readonly electionId: string } {
    return { electionId: this.electionId };
  }

  private dated([week, day]: Day): CivilDate {
    return this.stage.date(week, day);
  }

  private keyOf(step: string): string {
    return `${this.text.key}: ${step}`;
  }

  private act(who: Who, step: string, command: (caller: Caller) => Command<Receipt>): Promise<Receipt> {
    return this.stage.act(who, this.keyOf(step), command);
  }
}
