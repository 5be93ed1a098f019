import { DeadlinePassed } from './deadline';
import { isPassing } from './passing-error';

const coded = (code: string, more: object = {}): Error => Object.assign(new Error(code), { code, ...more });

it.each([
  ['a lost connection', coded('CONNECTION_CLOSED')],
  ['a refused connection', coded('ECONNREFUSED', { syscall: 'connect' })],
  ['a Unix socket that is not there', coded('ENOENT', { syscall: 'connect' })],
  ['a server that starts up', coded('57P03')],
  ['a deadlock', coded('40P01')],
  ['a full disk', coded('53100')],
  ['a standby that was the primary', coded('25006')],
  ['an answer that did not come', new DeadlinePassed(100)],
])('%s passes', (_, error) => {
  expect(isPassing(error)).toBe(true);
});

it.each([
  ['a value of the wrong form', coded('22P02')],
  ['a double key', coded('23505')],
  ['a missing table', coded('42P01')],
  ['a missing file', coded('ENOENT', { syscall: 'scandir' })],
  ['a mistake in the program', new TypeError('undefined is not a function')],
  ['something that is no error', 'CONNECTION_CLOSED'],
])('%s does not pass', (_, error) => {
  expect(isPassing(error)).toBe(false);
});
