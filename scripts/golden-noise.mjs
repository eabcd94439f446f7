// Models with noise of a millionth in their norms: how far a number moves that hangs on values near a rounding tie.
import { closeSync, copyFileSync, openSync, readSync, renameSync, writeSync } from 'node:fs';
import { gguf } from '@huggingface/gguf';

const F32 = 0;
const NOISE = 1e-6;

/** Numbers in [0, 1) from a seed (mulberry32). @param {number} seed */
function seeded(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let x = Math.imul(state ^ (state >>> 15), 1 | state);
    x = (x + Math.imul(x ^ (x >>> 7), 61 | x)) ^ x;
    return ((x ^ (x >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Writes the model with every F32 weight (its norms) times 1 +- 1e-6. @param {string} model @param {number} seed @param {string} to */
export async function writeNoisy(model, seed, to) {
  const { tensorInfos, tensorDataOffset } = await gguf(model, { allowLocalFile: true });
  const random = seeded(seed);
  copyFileSync(model, `${to}.part`);
  const file = openSync(`${to}.part`, 'r+');
  for (const { dtype, shape, offset } of tensorInfos) {
    if (dtype !== F32) continue;
    const values = new Float32Array(shape.reduce((product, size) => product * Number(size), 1));
    const at = Number(tensorDataOffset + offset);
    readSync(file, values, 0, values.byteLength, at);
    for (let i = 0; i < values.length; i++) values[i] *= 1 + NOISE * (2 * random() - 1);
    writeSync(file, values, 0, values.byteLength, at);
  }
  closeSync(file);
  renameSync(`${to}.part`, to);
}
