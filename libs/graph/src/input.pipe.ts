import { type ArgumentMetadata, Injectable, type PipeTransform, type Type } from '@nestjs/common';
import { plainToInstance } from 'class-transformer';
import { type ValidationError, getMetadataStorage, validateSync } from 'class-validator';
import { BadInput, type Problem } from './errors.js';

const plain: readonly unknown[] = [String, Boolean, Number, Array, Object, undefined];

/** Checks every argument that is a class by its decorators, in one turn (no rule of ours waits for anything), and answers `BAD_USER_INPUT` with each field at fault. */
@Injectable()
export class InputPipe implements PipeTransform {
  transform(value: unknown, { metatype, type, data }: ArgumentMetadata): unknown {
    if (type === 'custom' || plain.includes(metatype) || value === null || value === undefined) return value;
    // Nothing was given: what is required was asked for by the schema already.
    if (Object.keys(value).length === 0) return new (metatype as Type<object>)();
    const input = plainToInstance(metatype as Type, { ...value }) as object;
    const errors = validateSync(input, { forbidUnknownValues: false });
    if (errors.length > 0) throw new BadInput(errors.flatMap((error) => problemsOf(error, data)));
    return input;
  }
}

function problemsOf(error: ValidationError, parent: string | undefined): Problem[] {
  const path = parent === undefined ? error.property : `${parent}.${error.property}`;
  const rules = Object.keys(error.constraints ?? {});
  // A blank text breaks every other rule of text as well: the first is enough.
  const told = rules.includes('notBlank') ? ['notBlank'] : rules;
  const own = told.map((rule) => ({ path, rule, args: boundsOf(error, rule) }));
  return [...own, ...(error.children ?? []).flatMap((child) => problemsOf(child, path))];
}

/** The numbers a rule was declared with, by place: `{0}` in its message. */
function boundsOf({ target, property }: ValidationError, rule: string): Record<string, number> {
  const rules = getMetadataStorage().getTargetValidationMetadatas(target?.constructor ?? Object, '', false, false);
  const declared = rules.find((it) => it.propertyName === property && it.name === rule);
  const bounds = (declared?.constraints ?? []).filter((it): it is number => typeof it === 'number');
  return Object.fromEntries(bounds.map((bound, place) => [String(place), bound]));
}
