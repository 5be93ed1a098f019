import { addressee, MESSAGE_TYPES, type MessageType, PRIORITIES, type Priority } from '@coord/domain/message/index';
import type { JsonObject } from '@coord/event-store/index';
import {
  BooleanField,
  EnumField,
  JsonObjectField,
  KeyField,
  NumberField,
  ProjectKeyField,
  SessionIdField,
  StringListField,
  TextField,
  TimeField,
  UuidField,
  UuidListField,
} from '../http/fields';
import { ListQuery } from '../http/list';
import { AlsoTakenAs } from '../http/validation';
import { FencedWrite } from '../lock/fence-gate';
import { fromCoordinationMessage } from './coordination-message';

/** Also taken as a message of the coordinator protocol, as its files hold it. */
@AlsoTakenAs(fromCoordinationMessage)
export class SendDto extends FencedWrite {
  @SessionIdField({ description: 'The sender.' })
  from_session: string;
  @SessionIdField({ optional: true, nullable: true, description: 'Left out, null, ALL, ALL_SESSIONS, broadcast or fleet: everyone.' })
  to_session?: string | null;
  @ProjectKeyField({ optional: true, nullable: true })
  project_key?: string | null;
  @TextField({ example: 'macOS build pipeline ready for wiring' })
  subject: string;
  @TextField({ example: 'build-agents.sh updated. Wire in from your end.' })
  body: string;
  @EnumField(MESSAGE_TYPES, { optional: true })
  type: MessageType = 'note';
  @EnumField(PRIORITIES, { optional: true })
  priority: Priority = 'normal';
  @StringListField({ max: 1_000, length: { max: 1_000 }, optional: true, description: 'Ids of messages, tasks or anything else.' })
  references: string[] = [];
  @JsonObjectField({ optional: true, nullable: true })
  metadata?: JsonObject | null;
  @UuidField({ optional: true, nullable: true, description: 'The message that this one replies to.' })
  reply_to?: string | null;
  @BooleanField({ optional: true })
  ack_required = false;
  @KeyField({ optional: true, nullable: true, description: 'Your own id: sent again in the same project, it is the first message again.' })
  external_id?: string | null;

  /** The addressee as stored. */
  get to(): string {
    return addressee(this.to_session);
  }
}

export class ReadDto extends FencedWrite {
  @SessionIdField({ optional: true, description: 'Who read it. Without it: the addressee; of a broadcast, all that were shown it.' })
  session_id?: string;
}

export class ReadManyDto extends FencedWrite {
  @SessionIdField()
  session_id: string;
  @UuidListField({ min: 1, max: 500, optional: true, description: 'Ids of messages.' })
  ids?: string[];
  @BooleanField({ optional: true, description: 'All that the session has unread.' })
  all?: boolean;
}

export class AcknowledgeDto extends FencedWrite {
  @SessionIdField()
  session_id: string;
}

export class MessagesQuery extends ListQuery {
  @SessionIdField({ optional: true, description: 'Whose inbox: its direct messages, and the broadcasts of others.' })
  to_session?: string;
  @BooleanField({ optional: true })
  unread_only = false;
  @ProjectKeyField({ optional: true })
  project_key?: string;
  @SessionIdField({ optional: true, description: 'Only from this session.' })
  from_session?: string;
  @EnumField(MESSAGE_TYPES, { optional: true })
  type?: MessageType;
  @EnumField(PRIORITIES, { optional: true })
  priority?: Priority;
  @TimeField({ optional: true, description: 'Only what was sent then or later.' })
  since?: string;
  @UuidField({ optional: true, description: 'Only messages of this thread.' })
  thread?: string;
  @TextField({
    min: 1,
    max: 1_000,
    optional: true,
    description: 'Words that all have to occur in subject or body, in any case; then what matches best comes first.',
    example: 'build pipeline',
  })
  q?: string;
  @NumberField({ min: 1, max: 25, optional: true, description: 'Seconds that the request is held until there is something.' })
  wait?: number;
}

export class MessageQuery {
  @SessionIdField({ optional: true, description: 'As seen by this session; without it, by the addressee.' })
  session_id?: string;
}

export class UnansweredQuery extends ListQuery {
  @ProjectKeyField({ optional: true })
  project_key?: string;
}
