import { KvError } from '../../gpu/errors';
import type { Client } from '../../workers/client';
import type { Calls, Events, RunState } from '../../workers/protocol';
import type { Recording } from '../../workers/recording/recording';

export interface PlayerEvents {
  frame(frame: Events['frame']): void;
  state(state: Events['state']): void;
}

/** Steps a second, whatever the run took when it was computed. */
export const RATE = 8;

/** Answers the calls about a run from a recording: the page reads its frames and states as it reads the engine's. */
export class Player implements Pick<Client, 'call'> {
  private step = -1;
  private stop: (() => void) | null = null;

  constructor(
    private readonly recording: Recording,
    /** The number the page knows the run by. */
    readonly run: number,
    private readonly events: PlayerEvents,
  ) {}

  get last(): number {
    return this.recording.count - 1;
  }

  call: Client['call'] = async (name, args) => {
    const handler = this.handlers[name as keyof typeof this.handlers];
    if (!handler) throw new KvError('internal', `A recording has no call "${name}".`);
    return (await handler(args as never)) as never;
  };

  /** Shows everything up to a step at once. */
  seek(step: number): void {
    const to = Math.min(step, this.last);
    while (this.step < to) this.next();
    if (this.step === this.last) this.stop?.();
    this.emitState(this.stop ? 'playing' : this.rest());
  }

  private readonly handlers = {
    play: () => this.play(),
    pause: () => {
      this.stop?.();
      return this.at();
    },
    step: () => {
      this.stop?.();
      if (this.step < this.last) this.next();
      this.emitState(this.rest());
      return this.at();
    },
    rewind: () => {
      this.stop?.();
      this.step = 0;
      this.emitState('ready');
      return this.at();
    },
    select: () => undefined,
    row: ({ step, layer, head }: Parameters<Calls['row']>[0]) => this.recording.row(step, layer, head),
  };

  private play(): Promise<{ step: number }> {
    if (this.stop || this.step >= this.last) return Promise.resolve(this.at());
    return new Promise((resolve) => {
      const timer = setInterval(() => {
        this.next();
        if (this.step >= this.last) this.stop?.();
      }, 1000 / RATE);
      this.stop = () => {
        clearInterval(timer);
        this.stop = null;
        this.emitState(this.rest());
        resolve(this.at());
      };
      this.emitState('playing');
    });
  }

  private next(): void {
    this.step++;
    this.events.frame(this.recording.frame(this.step, this.run));
  }

  private rest(): RunState['state'] {
    return this.step >= this.last ? 'finished' : 'paused';
  }

  private at(): { step: number } {
    return { step: this.step };
  }

  private emitState(state: RunState['state']): void {
    const reason = state === 'finished' ? this.recording.reason : null;
    this.events.state({ run: this.run, state, step: Math.max(0, this.step), reason });
  }
}
