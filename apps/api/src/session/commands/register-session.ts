import type { CommandContext, Outcome } from '@coord/command-runner/index';
import { bySessionName, type SessionState, sessionDecider, sessionStream } from '@coord/domain/session/index';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Commands } from '../../engine/commands';
import { Registrar } from '../registrar';
import type { RegisterDto } from '../session.dto';
import { ownSummary } from '../session.view';
import { SessionLooks } from '../session-looks';
import { SessionNames } from '../session-names';

/** Registers a session, or says more of one that is known. */
export class RegisterSession extends Command<Outcome> {
  constructor(
    readonly registration: RegisterDto,
    readonly context: CommandContext,
  ) {
    super();
  }
}

@CommandHandler(RegisterSession)
export class RegisterSessionHandler implements ICommandHandler<RegisterSession> {
  constructor(
    private readonly commands: Commands,
    private readonly registrar: Registrar,
    private readonly looks: SessionLooks,
    private readonly names: SessionNames,
  ) {}

  /** Without a name: under the first that is free, which the streams of the names decide. */
  async execute({ registration, context }: RegisterSession): Promise<Outcome> {
    const { session_id } = registration;
    if (session_id !== undefined && session_id !== null) return this.register(session_id, registration, context);
    for (let name = await this.names.first(context); ; name = await this.names.insteadOf(name, context)) {
      const outcome = await this.register(name, registration, { ...context, actor: name }, true);
      if (!isTaken(outcome)) return outcome;
    }
  }

  /** `free`: only if no one has the name. Then a refusal must leave no sign of whoever has it. */
  private async register(id: string, registration: RegisterDto, context: CommandContext, free = false): Promise<Outcome> {
    const { locks, unread, row } = await this.looks.before(id);
    const { now } = context;
    const outcome = await this.commands.execute(
      {
        decider: sessionDecider,
        stream: sessionStream(id),
        command: { type: 'RegisterSession', session: bySessionName(id, null), said: registration.said, free, now },
        context,
        answer: (_, after, before) => ({
          status: before ? 200 : 201,
          body: { ...ownSummary(after as SessionState, now, row), locks, unread },
        }),
      },
      registration,
      free ? 'none' : 'registration',
    );
    if ('answer' in outcome) this.registrar.remember(id);
    return outcome;
  }
}

const isTaken = (outcome: Outcome): boolean =>
  'problem' in outcome && outcome.problem.problem === 'invalid-request' && outcome.problem.errors.some(({ field }) => field === 'session_id');
