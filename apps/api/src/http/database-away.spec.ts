import { isDatabaseAway } from './database-away';

const withCode = (code: string, more: object = {}): Error => Object.assign(new Error(code), { code, ...more });

describe('the database is away', () => {
  test.each(['CONNECTION_CLOSED', 'ECONNREFUSED', '08006', '53100', '53300', '57014', '57P01', '57P03', '58030', '25006'])('by %s', (code) => {
    expect(isDatabaseAway(withCode(code))).toBe(true);
  });
  test('by a Unix socket that is gone', () => {
    expect(isDatabaseAway(withCode('ENOENT', { syscall: 'connect' }))).toBe(true);
  });
});

describe('the database is there', () => {
  test.each(['23505', '42P01', '22P02', 'ENOENT', '57', 'EACCES'])('by %s', (code) => {
    expect(isDatabaseAway(withCode(code))).toBe(false);
  });
  test('by an error without a code', () => {
    expect(isDatabaseAway(new Error('something else'))).toBe(false);
  });
});
