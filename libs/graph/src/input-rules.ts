import { applyDecorators } from '@nestjs/common';
import { Transform } from 'class-transformer';
import { IsOptional, type ValidationOptions, registerDecorator } from 'class-validator';
import { DateTime } from 'luxon';
import { isCivilDate, isZone } from '@app/kernel';

const identifier = /^[A-Za-z0-9:_-]{1,64}$/;
/** Control characters but newline and tab, line separators, and the marks that reorder the text around them. */
const unprintable = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u2028\u2029\u202A-\u202E\u2066-\u2069]/u;
const moment = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})$/;

/** A rule of our own: `name` is its key in the catalogue of validation messages, `bounds` the message's numbered arguments. */
function rule(
  name: string,
  holds: (value: unknown) => boolean,
  options: ValidationOptions = {},
  bounds: readonly number[] = [],
): PropertyDecorator {
  return (target, propertyName) =>
    registerDecorator({
      name,
      target: target.constructor,
      propertyName: String(propertyName),
      constraints: [...bounds],
      options,
      validator: { validate: holds },
    });
}

const isText = (value: unknown): value is string => typeof value === 'string';

/** Text that people write: trimmed, not blank, at most `max` UTF-16 units, well formed, no control character but newline and tab. */
export function Sentence(limits: { max: number; optional?: boolean; each?: boolean }): PropertyDecorator {
  const { max, optional = false, each = false } = limits;
  const trimmed = (value: unknown): unknown => (isText(value) ? value.trim().replaceAll('\r\n', '\n') : value);
  return applyDecorators(
    Transform(({ value }) => (Array.isArray(value) ? value.map(trimmed) : trimmed(value))),
    ...(optional ? [IsOptional()] : []),
    rule('notBlank', (value) => isText(value) && value.trim() !== '', { each }),
    rule('atMost', (value) => isText(value) && value.length <= max, { each }, [max]),
    rule('wellFormed', (value) => isText(value) && value.isWellFormed() && !unprintable.test(value), { each }),
  ) as PropertyDecorator;
}

/** An id as Ronde writes them: 1 to 64 letters, digits, `:`, `_`, `-`. */
export function IsId(options?: ValidationOptions): PropertyDecorator {
  return rule('isIdentifier', (value) => isText(value) && identifier.test(value), options);
}

/** A day that exists, `YYYY-MM-DD`. */
export function IsDay(options?: ValidationOptions): PropertyDecorator {
  return rule('isCivilDay', (value) => isText(value) && isCivilDate(value), options);
}

/** An instant with its offset, ISO 8601; arrives in UTC with milliseconds, so that two of them compare as text. */
export function IsMoment(options?: ValidationOptions): PropertyDecorator {
  const read = (value: unknown): DateTime | undefined =>
    isText(value) && moment.test(value) ? DateTime.fromISO(value, { zone: 'utc' }) : undefined;
  return applyDecorators(
    Transform(({ value }) => (read(value)?.isValid ? read(value)?.toISO() : value)),
    rule('isMoment', (value) => read(value)?.isValid === true, options),
  ) as PropertyDecorator;
}

/** An IANA time zone, as `America/Toronto`. */
export function IsZone(options?: ValidationOptions): PropertyDecorator {
  return rule('isZone', (value) => isText(value) && value.length <= 64 && isZone(value), options);
}
