import type { Buffers } from '../buffers';
import type { Kernel, Kernels } from '../kernel';
import klScanWgsl from './kl_scan.wgsl?raw';
import mergeWgsl from './logits_merge.wgsl?raw';
import scanWgsl from './logits_scan.wgsl?raw';
import type { Op } from './op';
import { ceil } from './op';
import stepWgsl from './step.wgsl?raw';
import topWgsl from './top.wgsl?raw';
import verdictWgsl from './verdict.wgsl?raw';

export const TOP = 10;
/** Words of one lane's record in the result buffer. */
export const RECORD = 4 + 3 * TOP;

/**
 * From logits [lanes][V] to one record per lane and the tokens fed next: softmax sums and ten best (scan, two merges), KL, verdict.
 * Stripes depend on V only.
 */
export function logitsOps(
  kernels: Kernels,
  buffers: Buffers,
  io: { logits: GPUBuffer; tokens: GPUBuffer; result: GPUBuffer; step: GPUBuffer },
  lanes: number,
  vocab: number,
): Op[] {
  const stripes = Math.max(1, ceil(vocab, 256));
  const fan = Math.max(1, Math.ceil(Math.sqrt(stripes)));
  const middle = ceil(stripes, fan);
  const consts = { V: vocab, STRIPES: stripes };
  const lists = (count: number, label: string) => ({
    scans: buffers.storage(`${label}.scans`, lanes * count * 2, 'scratch'),
    lists: buffers.storage(`${label}.lists`, lanes * count * TOP * 2, 'scratch'),
  });
  const [first, second, last] = [lists(stripes, 'top1'), lists(middle, 'top2'), lists(1, 'top3')];
  const partial = buffers.storage('kl.partial', lanes * stripes, 'scratch');
  const op = (label: string, kernel: Kernel, bound: Record<string, GPUBuffer>, groups: [number, number?]): Op => ({
    label,
    kind: 'measure',
    kernel,
    bindGroup: kernel.bind(bound),
    groups: () => groups,
  });
  const merge = (from: typeof first, to: typeof first, count: number) => {
    const kernel = kernels.get('logits_merge', mergeWgsl, { IN: count, FAN: fan }, [topWgsl]);
    const bound = { scans_in: from.scans, lists_in: from.lists, ...to };
    return op('logits_merge', kernel, bound, [ceil(ceil(count, fan), 32), lanes]);
  };
  const scan = kernels.get('logits_scan', scanWgsl, consts, [topWgsl]);
  const kl = kernels.get('kl_scan', klScanWgsl, consts);
  const verdict = kernels.get('verdict', verdictWgsl, { ...consts, RECORD, TOP }, [stepWgsl]);
  return [
    op('logits_scan', scan, { ...io, ...first }, [ceil(stripes, 64), lanes]),
    merge(first, second, stripes),
    merge(second, last, middle),
    op('kl_scan', kl, { ...io, ...last, partial }, [ceil(stripes, 64), lanes]),
    op('verdict', verdict, { ...io, ...last, partial }, [lanes]),
  ];
}
