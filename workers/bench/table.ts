import type { DecodeRow, PrefillRow } from './rows';

interface Result {
  model: string;
  adapter: { name: string };
  loadMs: number;
  weightBytes: number;
  prefill: PrefillRow[];
  decode: DecodeRow[];
  attention: DecodeRow[];
  skipped: string[];
}

const n = (x: number | undefined, digits = 1) => (x === undefined ? '-' : x.toFixed(digits)).padStart(9);

/** The human half of the bench, on stderr. */
export function printTable(r: Result): void {
  const lines = [
    `${r.model} on ${r.adapter.name}`,
    `load ${r.loadMs.toFixed(0)} ms, weights ${(r.weightBytes / 2 ** 20).toFixed(1)} MiB`,
    '',
    'prefill    tokens       ms   cpu ms    tok/s',
    ...r.prefill.map((p) => `         ${n(p.tokens, 0)}${n(p.ms)}${n(p.cpuMs)}${n(p.tokensPerS)}`),
    '',
    'decode      lanes   T       K/V      ms   cpu ms    tok/s   matmul  attent.  measure    other  readback  GPU MiB',
    ...[...r.decode, ...r.attention].map(
      (d) =>
        `         ${n(d.lanes, 0)}${String(d.tokens).padStart(6)}${`${d.k}/${d.v}`.padStart(8)}${n(d.ms)}${n(d.cpuMs)}${n(d.tokensPerS)}` +
        `${n(d.split?.matmul)}${n(d.split?.attention)}${n(d.split?.measure)}${n(d.split?.other)}${n(d.readbackMs)}${n(d.gpuBytes / 2 ** 20)}`,
    ),
    ...r.skipped.map((row) => `left out: ${row}`),
  ];
  process.stderr.write(`${lines.join('\n')}\n`);
}
