import { KvError } from '../errors';
import type { Metadata } from './metadata';
import { has, whole } from './metadata';
import { BLOCKS, isTensorType, rowBytes, typeName } from './quant/blocks';
import type { Source, TensorInfo } from './types';

/** One entry of the header as the parser gives it: `shape[0]` is the contiguous axis, `offset` counts from the data section. */
export interface RawTensor {
  name: string;
  shape: bigint[];
  dtype: number;
  offset: bigint;
}

/**
 * The checked tensor list by name. Every tensor is a vector or matrix of whole blocks, starts on the file's alignment, ends inside
 * the file and overlaps no other. `dataStart` is the absolute start of the data section.
 * Throws KvError('bad-file'), 'unsupported-type' (type named) or 'unsupported-arch' (more than two axes).
 */
export function tensorTable(
  raw: RawTensor[],
  dataStart: number,
  metadata: Metadata,
  source: Source,
): Map<string, TensorInfo> {
  const alignment = whole(metadata, 'general.alignment', 1, 32);
  if (has(metadata, 'general.alignment') && !Number.isInteger(Math.log2(alignment))) {
    throw bad(source, `its alignment is ${alignment}, not a power of two`);
  }
  const tensors = new Map<string, TensorInfo>();
  for (const entry of raw) {
    const tensor = check(entry, dataStart, alignment, source);
    if (tensors.has(tensor.name)) throw bad(source, `tensor "${tensor.name}" appears twice`);
    tensors.set(tensor.name, tensor);
  }
  if (tensors.size === 0) throw bad(source, 'it holds no tensors');
  checkOverlap([...tensors.values()], source);
  return tensors;
}

function check(entry: RawTensor, dataStart: number, alignment: number, source: Source): TensorInfo {
  const name = entry.name;
  const label = `tensor "${name.slice(0, 80)}"`;
  const type = typeName(entry.dtype);
  if (!isTensorType(type)) {
    throw new KvError(
      'unsupported-type',
      `The weights use ${type}, which kvscope cannot read.`,
      `The first such is ${label}. Readable: ${Object.keys(BLOCKS).join(', ')}.`,
      'Choose a copy of the model in one of these types, for example Q8_0 or Q4_K_M.',
    );
  }
  const shape = entry.shape.map(Number);
  while (shape.length > 1 && shape[shape.length - 1] === 1) shape.pop();
  if (shape.length > 2) {
    throw new KvError('unsupported-arch', `${label} has ${shape.length} axes.`, 'Only dense models are supported.');
  }
  const [cols = 0, rows = 1] = shape;
  if (!Number.isSafeInteger(cols * rows) || cols < 1 || rows < 1) throw bad(source, `${label} has an impossible shape`);
  if (cols % BLOCKS[type].size !== 0) {
    throw bad(source, `${label} has ${cols} columns, not a multiple of the ${BLOCKS[type].size} of ${type}`);
  }
  const bytes = rows * rowBytes(type, cols);
  const offset = dataStart + Number(entry.offset);
  if (entry.offset % BigInt(alignment) !== 0n)
    throw bad(source, `${label} does not start on a border of ${alignment} bytes`);
  if (!Number.isSafeInteger(offset + bytes) || offset + bytes > source.size) {
    throw bad(source, `${label} ends at byte ${offset + bytes} of ${source.size}`);
  }
  return { name, type, rows, cols, offset, bytes };
}

function checkOverlap(tensors: TensorInfo[], source: Source): void {
  tensors.sort((a, b) => a.offset - b.offset);
  for (let i = 1; i < tensors.length; i++) {
    const before = tensors[i - 1];
    if (before.offset + before.bytes > tensors[i].offset) {
      throw bad(source, `tensors "${before.name}" and "${tensors[i].name}" overlap`);
    }
  }
}

function bad(source: Source, why: string): KvError {
  return new KvError(
    'bad-file',
    `${source.name} is damaged or incomplete.`,
    `${why[0].toUpperCase()}${why.slice(1)}.`,
    'Get the file again.',
  );
}
