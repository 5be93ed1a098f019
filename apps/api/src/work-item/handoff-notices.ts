import { type CommandContext, CommandRunner } from '@coord/command-runner/index';
import { messageDecider, messageStream } from '@coord/domain/message/index';
import { OUTLIVED_KEY } from '@coord/domain/problem';
import { Injectable } from '@nestjs/common';
import type { UntoldHandoff } from '@projections/work/index';
import { Log } from '../http/log';

/** Tells the receiver of a handoff. The message's id stands in the handoff's event, so telling twice, or from two instances at once, sends one. */
@Injectable()
export class HandoffNotices {
  constructor(
    private readonly runner: CommandRunner,
    private readonly log: Log,
  ) {}

  /** @returns the position of the message. @throws StoreUnavailable */
  async tell(handoff: UntoldHandoff, context: Omit<CommandContext, 'idempotency'>): Promise<number> {
    const { message_id, work_item_id, workflow_id, project_key, title, from_session, to_session, note } = handoff;
    const subject = `Handed off to you: ${title}`;
    const what = {
      subject,
      body: note,
      type: 'directive',
      priority: 'normal',
      references: [work_item_id],
      metadata: { work_item_id, workflow_id },
    } as const;
    const links = { reply_to: null, thread_id: message_id, ack_required: false, external_id: null };
    const outcome = await this.runner.run({
      decider: messageDecider,
      stream: messageStream(message_id),
      command: {
        type: 'SendMessage',
        message: { message_id, from_session, to_session, project_key, ...what, references: [...what.references], ...links },
        now: context.now,
      },
      context: { ...context, actor: from_session, project_key, idempotency: undefined },
      answer: () => ({ status: 201, body: null }),
    });
    if ('problem' in outcome && outcome.problem !== OUTLIVED_KEY) throw new Error(`A handoff's message was refused: ${outcome.problem.problem}`);
    return outcome.position;
  }

  /** Behind the handoff's own write: a failure here must not make its answer an error. @returns 0 where it failed */
  async tellAtOnce(handoff: UntoldHandoff, context: Omit<CommandContext, 'idempotency'>): Promise<number> {
    try {
      return await this.tell(handoff, context);
    } catch (error) {
      this.log.warn({ err: error, work_item: handoff.work_item_id }, 'The receiver of a handoff could not be told; the handoff policy does it');
      return 0;
    }
  }
}
