import { ReadModels } from '@coord/projection-runner/index';
import { Injectable } from '@nestjs/common';
import { type BoardFilter, LIVE_BOARD_MODELS, type LiveBoard, liveBoard } from '@projections/board/index';
import { Clock } from '../clock';
import { Configuration } from '../configuration';
import { type Board, boardOf } from './board';

/** The board as it is, in one question to the database, at a cost that does not grow with history. */
@Injectable()
export class LiveBoards {
  constructor(
    private readonly readModels: ReadModels,
    private readonly clock: Clock,
    private readonly configuration: Configuration,
  ) {}

  /**
   * The read models have to be caught up. It is asked again while one of them lags behind the others, and with the next millisecond where
   * another board has that moment: whoever asks for a moment later is to get this board again.
   * @throws ReadModelBehind, StoreUnavailable
   */
  async board(filter: BoardFilter): Promise<Board> {
    const { broadcastForMs, idleAfterMs } = this.configuration;
    for (let now = this.clock.now(); ; now = Math.max(this.clock.now(), now)) {
      const { rows, behind, ahead, noted }: LiveBoard = await liveBoard(this.readModels.sql, filter, { now, broadcastForMs, idleAfterMs });
      if (noted) return boardOf(rows, ahead, now, this.configuration);
      if (behind < ahead) await this.readModels.caughtUp({ atLeast: ahead, of: LIVE_BOARD_MODELS });
      else now += 1;
    }
  }
}
