import type { Ronde } from './support.js';

/** How a field of an input is read: by its kind, and whether it is needed. */
interface Shape {
  readonly kind: 'scalar' | 'enum' | 'object';
  readonly type: string;
  readonly list: boolean;
  readonly needed: boolean;
}
type Fields = ReadonlyMap<string, Shape>;

/** A scalar somewhere in an input, as `effect.admitMember.memberId`. */
export interface Leaf {
  readonly path: readonly string[];
  readonly type: string;
  readonly list: boolean;
}

/** A mutation, from the schema: whoever adds one has it tried with everything below. */
export interface Mutation {
  readonly name: string;
  readonly leaves: readonly Leaf[];
  /** An input that is well formed; ids are what `ids` answers for the field's name. */
  input(ids: (field: string) => string): Input;
  /** The same with one leaf set to a value of its own. */
  inputWith(leaf: Leaf, value: unknown): Input;
}
export type Input = Record<string, unknown>;

/** Fields that hold a day. */
export const days = ['from', 'to', 'reviewOn', 'expiresOn', 'due'];
/** Fields that hold something else than text that people write. */
export const codes = ['email', 'password', 'token', 'zone', 'expiresAt'];

const introspection = `{ __schema { types { name kind
  inputFields { name type { ...t } } enumValues { name }
  fields { name args { name type { ...t } } } } } }
  fragment t on __Type { kind name ofType { kind name ofType { kind name ofType { kind name } } } }`;
interface Type {
  readonly kind: string;
  readonly name: string | null;
  readonly ofType: Type | null;
}
interface Named {
  readonly name: string;
  readonly type: Type;
}
interface Introspected {
  readonly name: string;
  readonly inputFields: readonly Named[] | null;
  readonly enumValues: readonly { readonly name: string }[] | null;
  readonly fields: readonly { readonly name: string; readonly args: readonly Named[] }[] | null;
}

/** Every mutation that the schema offers, with what it takes. */
export async function everyMutation(ronde: Ronde): Promise<Mutation[]> {
  const { data } = await ronde.ask<{ __schema: { types: readonly Introspected[] } }>(introspection);
  const types = new Map(data.__schema.types.map((it) => [it.name, it]));
  const inputs = new Inputs(types);
  return (types.get('Mutation')?.fields ?? []).map(({ name, args }) => {
    const type = shapeOf(args[0]?.type).type;
    return {
      name,
      leaves: inputs.leavesOf(type),
      input: (ids) => inputs.minimal(type, ids),
      inputWith: (leaf, value) => inputs.having(type, leaf.path, leaf.list ? [value] : value),
    };
  });
}

function shapeOf(type: Type | null | undefined, needed = false, list = false): Shape {
  if (!type) throw new Error('a type without an end');
  if (type.kind === 'NON_NULL') return shapeOf(type.ofType, list ? needed : true, list);
  if (type.kind === 'LIST') return shapeOf(type.ofType, needed, true);
  const kind = type.kind === 'ENUM' ? 'enum' : type.kind === 'INPUT_OBJECT' ? 'object' : 'scalar';
  return { kind, type: type.name ?? '', list, needed };
}

class Inputs {
  constructor(private readonly types: ReadonlyMap<string, Introspected>) {}

  minimal(type: string, ids: (field: string) => string): Input {
    const needed = [...this.fieldsOf(type)].filter(([, shape]) => shape.needed);
    return Object.fromEntries(needed.map(([name, shape]) => [name, this.valueOf(name, shape, ids)]));
  }

  having(type: string, [name = '', ...rest]: readonly string[], value: unknown): Input {
    const input = this.minimal(type, () => 'anything');
    const shape = this.fieldsOf(type).get(name);
    const inner = rest.length === 0 ? value : this.having(shape?.type ?? '', rest, value);
    return { ...input, [name]: rest.length > 0 && shape?.list ? [inner] : inner };
  }

  leavesOf(type: string, at: readonly string[] = []): Leaf[] {
    return [...this.fieldsOf(type)].flatMap(([name, shape]) => {
      const path = [...at, name];
      if (shape.kind === 'object') return this.leavesOf(shape.type, path);
      return shape.kind === 'scalar' ? [{ path, type: shape.type, list: shape.list }] : [];
    });
  }

  private fieldsOf(type: string): Fields {
    return new Map(this.types.get(type)?.inputFields?.map((field) => [field.name, shapeOf(field.type)]));
  }

  private valueOf(name: string, { kind, type, list }: Shape, ids: (field: string) => string): unknown {
    const one = (): unknown => {
      if (kind === 'object') return this.minimal(type, ids);
      if (kind === 'enum') return this.types.get(type)?.enumValues?.[0]?.name;
      if (type === 'ID') return ids(name);
      if (type === 'String') return days.includes(name) ? '2027-06-01' : 'Un texte.';
      return type === 'Int' ? 1 : true;
    };
    return list ? [one()] : one();
  }
}
