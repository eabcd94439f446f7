import type { Engine } from '../../gpu/engine';
import { checkForModel } from '../../gpu/kv/check';
import type { CacheConfig } from '../../gpu/kv/config';
import { defaultConfig, storedBits } from '../../gpu/kv/config';
import { parseLane } from '../../gpu/kv/lane';
import { systems } from '../../gpu/kv/registry';
import { inTurn } from './rows';

export interface SystemRow {
  lane: string;
  ms: number;
  cpuMs: number;
  /** The same for `uniform` at the same bits. */
  uniformMs: number;
  uniformCpuMs: number;
  /** CPU time against uniform's: comparable on a busy machine. */
  ratio: number;
}

const PROMPT = 256;

/** Every system that codes rows, at its defaults. */
export const systemLanes = (): string[] => systems.filter(({ evicts }) => !evicts).map(({ id }) => `system=${id}`);

/**
 * One decode step of every lane, shadow + lane, in turn with one of `uniform` at the same stored bits. Lanes that refuse the model are
 * left out.
 */
export async function systemRows(
  engine: Engine,
  lanes: readonly string[],
  repeat: number,
  onRow: (row: SystemRow) => void,
): Promise<SystemRow[]> {
  const rows: SystemRow[] = [];
  for (const lane of lanes) {
    const config = parseLane(lane);
    try {
      checkForModel(config, engine.weights.config.headDim);
    } catch {
      continue;
    }
    const [own, uniform] = await inTurn(engine, [config, uniformLike(config)], PROMPT, repeat);
    const row = {
      lane,
      ...own,
      uniformMs: uniform.ms,
      uniformCpuMs: uniform.cpuMs,
      ratio: own.cpuMs / uniform.cpuMs,
    };
    rows.push(row);
    onRow(row);
  }
  return rows;
}

/** Sides that stay FP16 stay so. */
const uniformLike = ({ k, v }: CacheConfig): CacheConfig => ({
  ...defaultConfig(storedBits(k.bits), storedBits(v.bits)),
  prefill: 'fp16',
});
