import { Injectable, Param, type PipeTransform } from '@nestjs/common';
import { isUuid, KEY_RULE } from './fields';
import { Refused, refusedField } from './problems';

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

/** The `:id` of the path. What is no UUID is the id of no `what` ("lock", "message"): 404. */
export const PathId = (what: string): ParameterDecorator => Param('id', new IdPipe(what));

/** A session id, project key or name in the path: 422 when it could not be one. */
export const PathKey = (name: string): ParameterDecorator => Param(name, new KeyPipe(name));
