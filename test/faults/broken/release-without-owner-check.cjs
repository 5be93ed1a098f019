// Whoever asks for the release of a lock is taken for its holder.
const { built } = require('./built.cjs');

const { lockDecider } = built('libs/domain/lock/lock.decider.js');
const { decide } = lockDecider;
lockDecider.decide = (command, state) => {
  const holder = command.type === 'ReleaseLock' ? state.locks.get(command.lock_id)?.session_id : undefined;
  return decide(holder === undefined ? command : { ...command, session_id: holder }, state);
};
