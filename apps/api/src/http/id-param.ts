import { Param, type PipeTransform, type Type } from '@nestjs/common';
import { isUuid } from './fields';
import { Refused } from './problems';

/** The `:id` of a path. What is no UUID is the id of nothing. @throws Refused `not-found` */
export const IdParam = (what: string): ParameterDecorator => Param('id', idPipe(what));

const idPipe = (what: string): PipeTransform | Type<PipeTransform> => ({
  transform(value: unknown): string {
    if (!isUuid(value)) throw new Refused({ problem: 'not-found', what });
    return value.toLowerCase();
  },
});
