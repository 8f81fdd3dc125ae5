import { TypeCompiler } from '@sinclair/typebox/compiler';
import { type EventCatalogue, type Fact, type Meta, type Recorded, Refusal, categoryOf } from '@app/kernel';
import { KeyDestroyed, seal, type Vault } from '@app/vault';
import { type Shape, shapeOf, strict } from './codec.shape.js';
import {
  anyWithSlots,
  type Holder,
  ordered,
  type Place,
  type Read,
  readWithSlots,
  refuseBadTexts,
  type StoredText,
  textIn,
  withSlots,
  type Written,
} from './codec.texts.js';
import type { StoredEvent } from './event-store.js';
import type { Decoder } from './follow.js';

export type { Place } from './codec.texts.js';

/** Refusals of texts that cannot be kept; those of `write()` are in streams.ts. */
export const codecRefusals = ['TEXT_TOO_LONG', 'TEXT_NOT_STORABLE', 'TEXT_KEY_DESTROYED'] as const;

/** A fact that its own catalogue does not allow: a bug in the decision that made it. Names the place, never the value. */
export class InvalidFact extends Error {
  override readonly name = 'InvalidFact';
}

/** By type, then by the version an event was written in: how its data becomes that of the next version. Text is decrypted already. */
export type Upcasters = Readonly<Record<string, Readonly<Record<number, Upcast>>>>;
// Old shapes exist only in the log and in domain/history: there is no type to name them by.
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type Upcast = (data: any) => any;

/** A fact ready for the log. */
export interface Encoded {
  readonly type: string;
  readonly version: number;
  /** What is stored: text encrypted, members in canonical order. */
  readonly data: unknown;
  /** What every reader will see of it. */
  readonly fact: Fact;
  /** The vault's count of forgotten keys when it was encrypted. */
  readonly asOf: number;
}

/** A fact as read; where this release does not know the type or the version, `data` is as stored and nothing may be concluded from it. */
export interface Decoded extends Recorded {
  readonly known: boolean;
}

interface Registered {
  readonly version: number;
  readonly shape: Shape;
  readonly check: ReturnType<typeof TypeCompiler.Compile>;
  readonly upcasters: Readonly<Record<number, Upcast>>;
}

/** Facts kept in each of two generations: the older one goes when the younger is full. */
const REMEMBERED = 2_048;

/** The only door between JSON and facts: registry, validation, upcasting, and the encryption of what people wrote. */
export class Codec implements Decoder {
  private readonly registry = new Map<string, Registered>();
  private remembered = new Map<string, unknown>();
  private rememberedBefore = new Map<string, unknown>();
  private rememberedAsOf: number;
  private readonly leftOut = new Map<string, number>();

  /** Upcasters by stream category. Throws where a catalogue could not be written or an old version could not be read. */
  constructor(
    private readonly vault: Vault,
    catalogues: readonly EventCatalogue[],
    upcasters: Readonly<Record<string, Upcasters>> = {},
  ) {
    this.rememberedAsOf = vault.forgotten;
    for (const { category, types } of catalogues) {
      for (const [type, { version, data }] of Object.entries(types)) {
        const name = `${category}/${type}`;
        if (this.registry.has(name)) throw new Error(`${name} is declared twice`);
        const chain = upcasters[category]?.[type] ?? {};
        for (let from = 1; from < version; from++) {
          if (!chain[from]) throw new Error(`${name} has version ${version}, but nothing reads its version ${from}`);
        }
        const check = TypeCompiler.Compile(strict(data));
        this.registry.set(name, { version, shape: shapeOf(data, name), check, upcasters: chain });
      }
    }
  }

  /** How often a type or version that this release does not know was left out, by `category/type@version`. */
  get skipped(): ReadonlyMap<string, number> {
    return this.leftOut;
  }

  /**
   * Validates facts and encrypts their texts; at once where every key is at hand. A text that cannot be kept is a Refusal
   * (codecRefusals); anything else that the catalogue does not allow is InvalidFact.
   */
  encode(facts: readonly Fact[], places: readonly Place[]): readonly Encoded[] | Promise<readonly Encoded[]> {
    const slots: Written[] = [];
    const encoded = facts.map((fact, at) => this.prepare(fact, places[at]!, slots));
    for (let at = 0; at < slots.length; at++) {
      const key = this.vault.atHand(slots[at]!.keyId);
      if (key === undefined) return this.sealLater(slots.slice(at), encoded);
      fill(slots[at]!, key);
    }
    return encoded;
  }

  /** Facts in order; what this release does not know is left out and counted in `skipped`. */
  async decode(events: readonly StoredEvent[]): Promise<readonly Recorded[]> {
    const decoded = await this.read(events);
    return decoded.every(({ known }) => known) ? decoded : decoded.filter((it) => this.countUnknown(it));
  }

  /** Facts in order, one for each event, those that this release does not know marked. Text is null where its key was destroyed. */
  async read(events: readonly StoredEvent[]): Promise<readonly Decoded[]> {
    this.forget();
    const slots: Read[] = [];
    const data = events.map((event) => this.recalled(event.id) ?? this.unseal(event, slots));
    if (slots.length > 0) {
      const keys = await this.vault.keys([...new Set(slots.map(({ keyId }) => keyId))]);
      for (const slot of slots) slot.holder[slot.at] = textIn(slot, keys.get(slot.keyId) ?? null);
    }
    return events.map((event, at) => this.recorded(event, data[at]));
  }

  /** Keeps what was just written, so that who follows the log need not decrypt what this process encrypted a moment ago. */
  remember(id: string, { fact, asOf }: Encoded): void {
    this.forget();
    if (asOf !== this.rememberedAsOf) return;
    if (this.remembered.size === REMEMBERED) {
      this.rememberedBefore = this.remembered;
      this.remembered = new Map();
    }
    this.remembered.set(id, fact.data);
  }

  private recalled(id: string): unknown {
    return this.remembered.get(id) ?? this.rememberedBefore.get(id);
  }

  /** A destroyed key takes with it what was decrypted before. */
  private forget(): void {
    if (this.vault.forgotten === this.rememberedAsOf) return;
    this.rememberedAsOf = this.vault.forgotten;
    this.remembered.clear();
    this.rememberedBefore.clear();
  }

  private prepare({ type, data }: Fact, place: Place, slots: Written[]): Encoded {
    const registered = this.registry.get(`${place.category}/${type}`);
    if (!registered) throw new InvalidFact(`no catalogue declares ${place.category}/${type}`);
    const { version, shape, check } = registered;
    if (shape.holdsText) refuseBadTexts(shape, data, '');
    if (!check.Check(data)) {
      const error = check.Errors(data).First();
      throw new InvalidFact(`${place.category}/${type}${error?.path ?? ''}: ${error?.message ?? 'not as declared'}`);
    }
    const tidy = ordered(shape, data);
    const stored = shape.holdsText ? withSlots(shape, tidy, { root: tidy as Holder, place, slots }, '') : tidy;
    return { type, version, data: stored, fact: { type, data: tidy }, asOf: this.vault.forgotten };
  }

  private async sealLater(slots: readonly Written[], encoded: readonly Encoded[]): Promise<readonly Encoded[]> {
    try {
      for (const slot of slots) fill(slot, await this.vault.ensure(slot.keyId));
    } catch (error) {
      if (error instanceof KeyDestroyed) throw new Refusal('TEXT_KEY_DESTROYED');
      throw error;
    }
    return encoded;
  }

  private registeredFor({ stream, type, meta }: StoredEvent): Registered | undefined {
    const registered = this.registry.get(`${categoryOf(stream)}/${type}`);
    const version = Number(meta.v);
    return registered && version >= 1 && version <= registered.version ? registered : undefined;
  }

  private unseal(event: StoredEvent, slots: Read[]): unknown {
    const registered = this.registeredFor(event);
    if (!registered) return event.data;
    // An old version has no schema any more; encrypted text says itself what it is.
    if (Number(event.meta.v) < registered.version) return anyWithSlots(event.data, '', event, slots);
    return registered.shape.holdsText ? readWithSlots(registered.shape, event.data, '', event, slots) : event.data;
  }

  private recorded(event: StoredEvent, data: unknown): Decoded {
    const { id, stream, revision, position, type, meta } = event;
    const registered = this.registeredFor(event);
    let newest = data;
    if (registered) {
      for (let from = Number(meta.v); from < registered.version; from++) newest = registered.upcasters[from]!(newest);
    }
    return { id, stream, revision, position, type, data: newest, meta: meta as unknown as Meta, known: !!registered };
  }

  private countUnknown({ known, stream, type, meta }: Decoded): boolean {
    if (known) return true;
    const name = `${categoryOf(stream)}/${type}@${meta.v}`;
    this.leftOut.set(name, (this.leftOut.get(name) ?? 0) + 1);
    return false;
  }
}

function fill({ holder, at, aad, keyId, text }: Written, key: Buffer): void {
  const { c, iv, t } = seal(key, text, aad);
  holder[at] = { c, iv, k: keyId, t } satisfies StoredText;
}
