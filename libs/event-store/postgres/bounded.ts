import { NoAnswer } from './failures';

/** @throws NoAnswer when the query takes longer: postgres.js has no bound on waiting, and a query to a frozen server never settles */
export async function bounded<T>(query: PromiseLike<T>, milliseconds: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new NoAnswer(milliseconds)), milliseconds);
  });
  try {
    return await Promise.race([query, late]);
  } finally {
    clearTimeout(timer);
  }
}
