import { Injectable, Param, type PipeTransform } from '@nestjs/common';
import { ApiParam } from '@nestjs/swagger';
import { isUuid, KEY_RULE } from './fields';
import { Refused, refusedField } from './problems';
import { LENGTH_OF_KEYS } from './values';

@Injectable()
class IdPipe implements PipeTransform<string, string> {
  constructor(private readonly what: string) {}

  transform(value: string): string {
    if (!isUuid(value)) throw new Refused({ problem: 'not-found', what: `${this.what} with this id` });
    return value.toLowerCase();
  }
}

@Injectable()
class KeyPipe implements PipeTransform<string, string> {
  constructor(private readonly name: string) {}

  transform(value: string): string {
    if (!KEY_RULE.accepts(value)) throw refusedField(this.name, `must be ${KEY_RULE.wanted}`);
    return value;
  }
}

/** A parameter of the path, checked by a pipe and shown with its schema. */
const pathParameter =
  (name: string, pipe: PipeTransform, schema: { type: 'string'; format?: string; minLength?: number; maxLength?: number }): ParameterDecorator =>
  (target, key, index) => {
    Param(name, pipe)(target, key, index);
    const descriptor = key === undefined ? undefined : Object.getOwnPropertyDescriptor(target, key);
    if (key !== undefined && descriptor) ApiParam({ name, schema })(target, key, descriptor);
  };

/** The `:id` of the path. What is no UUID is the id of no `what` ("lock", "message"): 404. */
export const PathId = (what: string): ParameterDecorator => pathParameter('id', new IdPipe(what), { type: 'string', format: 'uuid' });

/** A session id, project key or name in the path: 422 when it could not be one. */
export const PathKey = (name: string): ParameterDecorator =>
  pathParameter(name, new KeyPipe(name), { type: 'string', minLength: 1, maxLength: LENGTH_OF_KEYS });
