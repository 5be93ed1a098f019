import { PROBLEMS, type ProblemName, problemAnswer } from './problem-document';
import { problemExample } from './problem-schemas';

it.each(Object.keys(PROBLEMS) as ProblemName[])('%s says what to do next, in sentences', (name) => {
  const { detail, status, type } = problemExample(name) as { detail: string; status: number; type: string };
  expect(detail).toMatch(/^[A-Z].{20,}\.$/s);
  expect({ status, type }).toEqual({ status: PROBLEMS[name].status, type: `urn:coord:problem:${name}` });
});

it('an unknown route is not found', () => {
  expect(problemAnswer({ problem: 'unknown-route', method: 'GET', path: '/x' }, '/x')).toMatchObject({
    status: 404,
    body: { type: 'urn:coord:problem:not-found', instance: '/x' },
  });
});

it('the store that is away keeps to the words of the protocol', () => {
  expect(problemAnswer({ problem: 'store-unavailable', outcome: 'unknown' }, '/x')).toEqual({
    status: 503,
    headers: { 'Retry-After': '30' },
    body: {
      type: 'urn:coord:problem:store-unavailable',
      title: 'The database is unavailable',
      status: 503,
      detail: 'Database unavailable. Retry after 30 seconds.',
      instance: '/x',
      retry_after: 30,
      outcome: 'unknown',
    },
  });
});

it('the holder of a lock that never expires is named all the same', () => {
  const { body } = problemAnswer(
    { problem: 'lock-held', holder: { session_id: 'A/b', resource: 'src' }, conflicts: [], retry_after: null, explain: '' },
    '/x',
  );
  expect(body).toMatchObject({ retry_after: null, detail: expect.stringContaining('A/b holds src; no holder has set an end') });
});
