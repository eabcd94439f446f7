import type { Engine } from '../../gpu/engine';
import { checkForModel } from '../../gpu/kv/check';
import { storedBits } from '../../gpu/kv/config';
import { presetOf } from '../../gpu/kv/lane';
import { systems } from '../../gpu/kv/registry';
import { decodeRow } from './rows';

export interface SystemRow {
  system: string;
  ms: number;
  cpuMs: number;
  /** The same for `uniform` at the same bits; all exact where the system keeps FP16. */
  uniformMs: number;
  uniformCpuMs: number;
  /** CPU time against uniform's: comparable on a busy machine. */
  ratio: number;
}

const PROMPT = 256;

/**
 * One decode step of every system at its defaults, shadow + one lane, beside `uniform` at the same stored bits. Systems that refuse the
 * model are left out.
 */
export async function systemRows(
  engine: Engine,
  repeat: number,
  onRow: (row: SystemRow) => void,
): Promise<SystemRow[]> {
  const rows: SystemRow[] = [];
  const uniform = new Map<string, Promise<{ ms: number; cpuMs: number }>>();
  for (const system of systems) {
    const config = presetOf(system, {});
    try {
      checkForModel(config, engine.weights.config.headDim);
    } catch {
      continue;
    }
    const [k, v] = [storedBits(config.k.bits), storedBits(config.v.bits)];
    const at = { repeat, k, v, prompt: PROMPT };
    const key = `${k} ${v}`;
    if (!uniform.has(key)) uniform.set(key, decodeRow(engine, 2, at));
    const base = (await uniform.get(key)) as { ms: number; cpuMs: number };
    const { ms, cpuMs } = await decodeRow(engine, 2, { ...at, config });
    const row = {
      system: system.id,
      ms,
      cpuMs,
      uniformMs: base.ms,
      uniformCpuMs: base.cpuMs,
      ratio: cpuMs / base.cpuMs,
    };
    rows.push(row);
    onRow(row);
  }
  return rows;
}
