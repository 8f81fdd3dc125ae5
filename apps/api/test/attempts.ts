import {
  buildClientSchema,
  getIntrospectionQuery,
  getNamedType,
  type GraphQLInputObjectType,
  type GraphQLInputType,
  type GraphQLSchema,
  type IntrospectionQuery,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isObjectType,
} from 'graphql';
import type { Ronde } from './support.js';

/** What a field is filled with, one attempt for each; by its name, or by `Input.field` where a name means two things. */
export type Values = Readonly<Record<string, readonly unknown[]>>;
/** Whose word is entered and how, tried together: `person` goes into the field that says whose word it is. */
export type Voices = readonly { readonly person?: string; readonly channel?: string; readonly meetingId?: string }[];

/** In `Values`: whatever the enumeration of the field begins with. */
export const anyOf = (many: number): readonly unknown[] => [{ anyOf: many }];
const isAnyOf = (value: unknown): value is { anyOf: number } =>
  typeof value === 'object' && value !== null && 'anyOf' in value;

/** Inputs that take exactly one of their fields. */
const oneOf = new Set(['EffectInput']);

/** Every mutation of the schema as it is served, with inputs made from what a story knows. */
export class Attempts {
  private constructor(private readonly schema: GraphQLSchema) {}

  static async of(ronde: Ronde): Promise<Attempts> {
    const { data } = await ronde.ask<IntrospectionQuery>(getIntrospectionQuery());
    return new Attempts(buildClientSchema(data));
  }

  get mutations(): readonly string[] {
    return Object.keys(this.schema.getMutationType()?.getFields() ?? {});
  }

  get queries(): readonly string[] {
    return Object.keys(this.schema.getQueryType()?.getFields() ?? {});
  }

  /** The fields of a type that name a person. */
  peopleOf(type: string): readonly string[] {
    const found = this.schema.getType(type);
    if (!isObjectType(found)) throw new Error(`there is no type ${type}`);
    return Object.values(found.getFields())
      .filter((field) => getNamedType(field.type).name === 'Member')
      .map(({ name }) => name);
  }

  /** Whether a mutation takes this field. */
  takes(mutation: string, field: string): boolean {
    return field in this.inputOf(mutation).getFields();
  }

  /** All inputs of a mutation that these values make. Throws where the schema has a field that nobody gave a value. */
  inputsOf(mutation: string, values: Values, voices: Voices): object[] {
    const type = this.inputOf(mutation);
    const { channel } = type.getFields();
    if (channel === undefined) return inputsOf(type, values);
    const whose = 'by' in type.getFields() ? 'by' : 'memberId';
    const spoken = new Set([whose, 'channel', 'meetingId']);
    return voices.flatMap(({ person, ...how }) => {
      const said = { ...how, ...(person === undefined ? {} : { [whose]: person }) };
      return inputsOf(type, values, spoken).map((input) => ({ ...input, ...said }));
    });
  }

  private inputOf(mutation: string): GraphQLInputObjectType {
    const field = this.schema.getMutationType()?.getFields()[mutation];
    const type = bare(field?.args.find(({ name }) => name === 'input')?.type);
    if (!isInputObjectType(type)) throw new Error(`${mutation} takes no input`);
    return type;
  }
}

function inputsOf(type: GraphQLInputObjectType, values: Values, without: ReadonlySet<string> = new Set()): object[] {
  const fields = Object.values(type.getFields()).filter(({ name }) => !without.has(name) && name !== 'commandId');
  const filled = fields.map((field) =>
    valuesOf(type.name, field.name, field.type, values).map((value) =>
      value === undefined ? {} : { [field.name]: value },
    ),
  );
  if (oneOf.has(type.name)) return filled.flat().filter((it) => Object.keys(it).length > 0);
  return filled.reduce<object[]>((made, next) => made.flatMap((it) => next.map((more) => ({ ...it, ...more }))), [{}]);
}

function valuesOf(input: string, field: string, declared: GraphQLInputType, values: Values): readonly unknown[] {
  const given = values[`${input}.${field}`] ?? values[field];
  const type = bare(declared);
  if (given !== undefined)
    return given.flatMap((value) => (isAnyOf(value) && isEnumType(type) ? namesOf(type, value.anyOf) : [value]));
  if (!isInputObjectType(type)) throw new Error(`${input}.${field} is new: say in the table what it is filled with`);
  const whole: readonly (object | undefined)[] = inputsOf(type, values);
  const nested = isNonNullType(declared) ? whole : [undefined, ...whole];
  return isListType(isNonNullType(declared) ? declared.ofType : declared) ? [nested] : nested;
}

const namesOf = (type: { getValues(): readonly { name: string }[] }, many: number): string[] =>
  type
    .getValues()
    .slice(0, many)
    .map(({ name }) => name);

function bare(type: GraphQLInputType | undefined): GraphQLInputType | undefined {
  if (type !== undefined && (isNonNullType(type) || isListType(type))) return bare(type.ofType as GraphQLInputType);
  return type;
}
