import type { GpuFormat } from '../load/types';

/** Rows row0 .. row0 + rows - 1 of a matrix in buffers of their own, within the adapter's binding limit. */
export interface MatrixPart {
  format: GpuFormat;
  /** q4 only: scale and minimum are f32 pairs (Q4_K) instead of half pairs. */
  f32Meta: boolean;
  codes: GPUBuffer;
  scales: GPUBuffer | null;
  row0: number;
  rows: number;
}

/** A weight matrix [rows][cols] on the GPU; several tensors that share their input stand one below the other. */
export interface Matrix {
  name: string;
  rows: number;
  cols: number;
  parts: MatrixPart[];
  bias: GPUBuffer | null;
}
