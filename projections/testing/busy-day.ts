import { componentDecider, componentStream } from '@coord/domain/component/index';
import { type Decider, type DomainEvent, isProblem } from '@coord/domain/decider';
import { type LockCommand, lockDecider, lockStream } from '@coord/domain/lock/index';
import { ALL_SESSIONS, type MessageCommand, messageDecider, messageStream } from '@coord/domain/message/index';
import { bySessionName, sessionDecider, sessionStream } from '@coord/domain/session/index';
import { taskDecider, taskStream } from '@coord/domain/task/index';
import { busyTodos } from './busy-todos';
import { busyWork } from './busy-work';
import { dice } from './dice';
import { type Cause, History, id, NOON } from './history';
import { sessionCommand } from './session-commands';
import { taskCommand } from './task-commands';

const SESSIONS = ['M/a', 'M/b', 'N/c', 'late'];
const PROJECTS = ['p', 'q'];
const RESOURCES = ['src', 'src/a.ts', 'docs/*.md', 'db:users', 'x'];
const MINUTE = 60_000;

/** What happens when `steps` commands of all kinds go through the deciders, some minutes apart. */
export function busyDay(steps: number, seed = 1): History {
  const history = new History();
  const states = new Map<string, unknown>();
  const roll = dice(seed);
  const pick = <T>(from: readonly T[]): T => from[roll(from.length)] as T;
  let now = NOON;
  let locks = 0;
  let messages = 0;
  const work = busyWork(pick, PROJECTS);
  const todos = busyTodos(pick, PROJECTS);

  const act = <S, C, E extends DomainEvent>(stream: string, decider: Decider<S, C, E>, command: C, cause: Cause): void => {
    const state = (states.get(stream) ?? decider.initialState) as S;
    const decision = decider.decide(command, state);
    if (isProblem(decision)) return;
    states.set(stream, decision.reduce(decider.evolve, state));
    history.append(stream, decision, { at: now, ...cause });
    const { actor } = cause;
    if (actor && decision.length > 0 && decider !== (sessionDecider as unknown))
      act(sessionStream(actor), sessionDecider, { type: 'RegisterSession', session: bySessionName(actor, cause.project_key ?? null), now }, cause);
  };

  for (let step = 0; step < steps; step += 1) {
    now += roll(10) * MINUTE;
    const actor = pick(SESSIONS);
    const project_key = pick(PROJECTS);
    const about = { session_id: actor, now };
    const lockCommand = (): LockCommand => {
      const lock_id = id(1_000_000 + locks - roll(Math.min(locks + 1, 6)));
      const resources = [{ id: id(1_000_000 + ++locks), resource: pick(RESOURCES), field: 'resource' }];
      const wait = pick([undefined, { request_id: id(4_000_000 + locks), until: now + 30 * MINUTE }]);
      return pick<LockCommand>([
        { type: 'ClaimLocks', project_key, resources, mode: pick(['exclusive', 'shared']), ttl_hours: pick([0, 0.5, 2]), wait, ...about },
        { type: 'RenewLock', lock_id, ...about },
        { type: 'ReleaseLock', lock_id, reason: pick([null, 'done']), ...about },
        { type: 'BreakLock', lock_id, reason: 'urgent', ...about },
        { type: 'ReleaseAllLocks', reason: null, ...about },
        { type: 'ExpireLocks', now },
      ]);
    };
    const send = (): [string, MessageCommand] => {
      const message_id = id(2_000_000 + ++messages);
      const replied = messages > 1 ? id(2_000_000 + 1 + roll(messages - 1)) : null;
      const what = {
        subject: 's',
        body: 'b',
        references: pick([[], [`e${messages - roll(9)}`], ['x']]),
        metadata: pick([null, { deep: [1.5, 'é', null] }]),
      };
      const how = {
        type: pick(['note', 'question', 'blocker', 'response'] as const),
        priority: pick(['low', 'urgent'] as const),
        ack_required: pick([true, false]),
      };
      const where = { from_session: actor, to_session: pick([ALL_SESSIONS, ...SESSIONS]), project_key: pick([project_key, null]) };
      const links = { reply_to: pick([null, replied]), thread_id: message_id, external_id: pick([null, `e${messages}`]) };
      return [message_id, { type: 'SendMessage', message: { message_id, ...what, ...how, ...where, ...links }, now }];
    };
    const component = pick(['server', 'web']);
    const update = {
      type: 'UpdateComponent' as const,
      project_key,
      component,
      state: pick(['built', 'deployed']),
      notes: pick([undefined, null, 'n']),
      updated_by: actor,
      now,
    };
    const receipt = (): [string, MessageCommand] => [
      id(2_000_000 + 1 + roll(Math.max(1, messages))),
      pick<MessageCommand>([
        { type: 'DeliverMessage', ...about },
        { type: 'ReadMessage', ...about },
        { type: 'ReadMessage', session_id: null, now },
        { type: 'AcknowledgeMessage', ...about },
      ]),
    ];
    const kind = roll(20);
    if (kind >= 18) todos(actor, now)((stream, decider, command) => act(stream, decider, command, { actor, project_key }));
    else if (kind >= 16) {
      const [command, by] = sessionCommand(actor, project_key, pick, now);
      act(sessionStream(actor), sessionDecider, command, { actor: by, project_key });
    } else if (kind >= 12) work(actor, now)((stream, decider, command) => act(stream, decider, command, { actor, project_key }));
    else if (kind >= 10) {
      const task_id = `${project_key}-${roll(4)}`;
      act(taskStream(task_id), taskDecider, taskCommand(task_id, pick, about), { actor, project_key });
    } else if (kind < 4) act(lockStream(project_key), lockDecider, lockCommand(), { actor, project_key });
    else if (kind < 5) act(componentStream(project_key, component), componentDecider, update, { actor, project_key });
    else {
      const [message_id, command] = kind < 7 ? send() : receipt();
      act(messageStream(message_id), messageDecider, command, { actor: command.type === 'DeliverMessage' ? null : actor, project_key });
    }
  }
  return history;
}
