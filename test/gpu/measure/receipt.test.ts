import { describe, expect, it } from 'vitest';
import { Frames } from '../../../app/frames';
import { defaultConfig, shadowConfig } from '../../../gpu/kv/config';
import { compareReceipt, receiptOf } from '../../../gpu/measure/receipt';
import { bytesOf, fakeFrame } from '../../app/fake-frames';

const configs = [shadowConfig(), defaultConfig(4, 2)];
const prompt = [1, 2, 3, 4];

function framesOf(steps: number, change?: (step: number, frame: ReturnType<typeof fakeFrame>) => void): Frames {
  const frames = new Frames();
  const bytes = configs.map((config) => bytesOf(config, 4, 300));
  const base = { run: 1, cap: 300, configs };
  frames.begin({
    ...base,
    promptTokens: 4,
    bytes,
    gpuBytes: 0,
    prefillMs: 0,
    decode: { temperature: 0, topK: 0, topP: 1, minP: 0, seed: 0 },
  });
  for (let step = 0; step < steps; step++) {
    const frame = fakeFrame({ ...base, prompt: 4, head: { layer: 0, head: 0 } }, step, false);
    change?.(step, frame);
    frames.push(frame);
  }
  return frames;
}

describe('receipt', () => {
  const whole = framesOf(100);
  const receipt = receiptOf(prompt, whole, 100);

  it('has one prefix per 32 steps and is the same for the same run', () => {
    expect(receipt.prefixes).toHaveLength(3);
    expect(receiptOf(prompt, framesOf(100), 100)).toEqual(receipt);
    expect(receiptOf([1, 2, 3, 5], whole, 100).tokens).not.toBe(receipt.tokens);
  });

  it('says identical through the last step', () => {
    expect(compareReceipt(prompt, framesOf(100), receipt)).toEqual({ kind: 'same', steps: 100 });
    expect(compareReceipt(prompt, framesOf(140), receipt)).toEqual({ kind: 'same', steps: 100 });
  });

  it('says how far a run under way agrees, and nothing before the first digest', () => {
    expect(compareReceipt(prompt, framesOf(31), receipt)).toBeNull();
    expect(compareReceipt(prompt, framesOf(70), receipt)).toEqual({ kind: 'so-far', steps: 64 });
  });

  it('finds the stretch in which one bit of KL differs, and says that the tokens agree', () => {
    const other = framesOf(100, (step, frame) => {
      if (step === 40) frame.lanes[1].kl += 1e-6;
    });
    expect(compareReceipt(prompt, other, receipt)).toEqual({ kind: 'parts', steps: 32, tokens: true });
    expect(
      compareReceipt(
        prompt,
        framesOf(64, (step, f) => void (step === 40 && f.lanes[1].kl++)),
        receipt,
      ),
    ).toEqual({ kind: 'parts', steps: 32, tokens: false });
  });

  it('finds a different token after the last whole prefix', () => {
    const other = framesOf(100, (step, frame) => {
      if (step === 98) for (const lane of frame.lanes) lane.token = 7;
    });
    expect(compareReceipt(prompt, other, receipt)).toEqual({ kind: 'parts', steps: 96, tokens: false });
  });
});

describe('frames', () => {
  it('appends, keeps step 0 on rewind, replaces a repeated step and ignores strangers', () => {
    const frames = framesOf(300);
    expect(frames.count).toBe(300);
    expect(frames.lanes[1].kl.length).toBe(512);
    const kl5 = frames.lanes[1].kl[5];
    frames.rewind(1);
    expect(frames.count).toBe(1);
    expect(frames.lanes[1].count).toBe(1);
    for (let step = 0; step < 6; step++)
      frames.push(fakeFrame({ run: 1, prompt: 4, cap: 300, configs, head: { layer: 1, head: 1 } }, step, false));
    expect(frames.count).toBe(6);
    expect(frames.lanes[1].kl[5]).toBe(kl5);
    frames.push(fakeFrame({ run: 2, prompt: 4, cap: 300, configs, head: { layer: 1, head: 1 } }, 6, false));
    frames.push(fakeFrame({ run: 1, prompt: 4, cap: 300, configs, head: { layer: 1, head: 1 } }, 9, false));
    expect(frames.count).toBe(6);
  });

  it('lets go of old attention data when the budget is spent, and keeps the numbers', () => {
    const frames = framesOf(40, (_, frame) => {
      frame.heads = new Float32Array(500_000);
    });
    expect(frames.keptFrom).toBeGreaterThan(0);
    expect(frames.get(0)?.heads.length).toBe(0);
    expect(frames.get(0)?.row).toBeNull();
    expect(frames.last?.heads.length).toBe(500_000);
    expect(frames.lanes[1].count).toBe(40);
  });
});
