import { throwIfCancelled } from '../../gpu/load/cancel';

/** Lets one piece of work run at a time, in the order asked for. Work whose signal is aborted before its turn is not begun. */
export class Queue {
  private last: Promise<unknown> = Promise.resolve();

  run<T>(work: () => Promise<T>, signal?: AbortSignal): Promise<T> {
    const turn = this.last.then(() => {
      throwIfCancelled(signal);
      return work();
    });
    this.last = turn.catch(() => {});
    return turn;
  }
}
