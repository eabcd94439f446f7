import type { CacheConfig } from '../../gpu/kv/config';
import type { LabHost, LabModel, RunHow, RunOutput } from '../../gpu/lab/experiment';
import { roundedFile } from '../../gpu/load/rounded-weights';
import { checkSpec } from '../../gpu/run-check';
import { Paths } from '../../gpu/run-paths';
import type { Frame, RunSpec } from '../../gpu/run-types';
import { light } from '../../gpu/run-types';
import { withCalibration } from '../calibration';
import { framesOf } from '../frames-of';
import type { Maker, Stepper } from '../session/maker';

/** Runs an experiment's runs on whatever computes them, and tells how far the present one is. */
export class Host implements LabHost {
  constructor(
    private readonly maker: Maker,
    readonly model: LabModel,
    private readonly told: (share: number) => void,
    readonly signal: AbortSignal | undefined,
  ) {}

  /** From the first call on, runs no longer tell of their own steps. */
  progress(share: number): void {
    this.isTold = true;
    this.told(share);
  }

  private isTold = false;

  refusal(lane: CacheConfig): string | null {
    return this.maker.refusal(lane);
  }

  async rounded<T>(bits: number, use: (host: LabHost) => Promise<T>): Promise<T> {
    const { maker, free } = await this.maker.reload(roundedFile(this.model.file, bits), this.signal);
    try {
      return await use(new Host(maker, this.model, () => {}, this.signal));
    } finally {
      free();
    }
  }

  async run(given: RunSpec, how: RunHow = {}): Promise<RunOutput> {
    const { context, vocab } = this.model.summary;
    const spec = withCalibration(structuredClone(given), this.model.tokenizer);
    checkSpec(spec, context, vocab);
    const started = performance.now();
    const run = await this.maker.create(spec, { signal: this.signal });
    const prefill = performance.now() - started;
    try {
      const followed = await this.follow(run, spec, how);
      return { ...followed, ms: { prefill, steps: followed.frames.slice(1).map(({ ms }) => ms.step) } };
    } finally {
      run.destroy();
    }
  }

  private async follow(run: Stepper, spec: RunSpec, { onFrame, atEnd }: RunHow): Promise<Omit<RunOutput, 'ms'>> {
    const paths = new Paths(spec);
    const frames: Frame[] = [];
    for await (const frame of framesOf(run, () => run.depth, this.signal)) {
      const stopped = paths.take(frame);
      onFrame?.(frame);
      frames.push(light(frame));
      if (!this.isTold) this.told((frame.step + 1) / run.steps);
      if (stopped) break;
    }
    await atEnd?.((layer, side) => run.shadowRows(layer, side));
    const lanes = run.configs.map((_, lane) => lane);
    return {
      frames,
      configs: structuredClone(run.configs),
      decisions: lanes.map((lane) => run.decisions(lane)),
      fed: lanes.map((lane) => frames.map((frame) => frame.lanes[lane].token)),
    };
  }
}
