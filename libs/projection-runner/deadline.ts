/** A question to the database wasn't answered in time. */
export class DeadlinePassed extends Error {
  constructor(readonly milliseconds: number) {
    super(`Postgres did not answer within ${milliseconds} ms.`);
    this.name = 'DeadlinePassed';
  }
}

/**
 * The answer, if it comes within `milliseconds`. A frozen server says nothing and closes nothing: without a deadline its
 * clients wait for ever.
 * @throws DeadlinePassed; what the answer brings after that is of no interest, its error neither.
 */
export async function within<T>(milliseconds: number, answer: PromiseLike<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const deadline = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new DeadlinePassed(milliseconds)), milliseconds);
  });
  try {
    return await Promise.race([answer, deadline]);
  } finally {
    clearTimeout(timer);
  }
}
