import { describe, expect, it } from 'vitest';
import { parseLane } from '../../../gpu/kv/lane';
import { answersFor, ENGINES } from '../../../gpu/lab/engines/list';

const offers = (lane: string) => {
  const found = answersFor(parseLane(lane)).filter(({ offer }) => offer);
  return Object.fromEntries(found.map(({ engine, offer }) => [engine.id, offer?.flags || offer?.lines.join('\n')]));
};

describe('settings of other engines', () => {
  it('exist for K8 V8 nearly everywhere', () => {
    const found = offers('k=8 v=8');
    expect(Object.keys(found).sort()).toEqual(
      ['exllama', 'llama-cpp', 'lmdeploy', 'mlx', 'ollama', 'tensorrt-llm', 'transformers', 'vllm'].sort(),
    );
    expect(found['llama-cpp']).toBe('-fa on -ctk q8_0 -ctv q8_0');
    expect(found.lmdeploy).toBe('--quant-policy 8');
  });

  it('are not made up where an engine has one type for both sides', () => {
    expect(Object.keys(offers('k=8 v=4')).sort()).toEqual(['exllama', 'llama-cpp', 'vllm']);
    expect(Object.keys(offers('k=3 v=3')).sort()).toEqual(['exllama', 'mlx', 'transformers']);
    expect(Object.keys(offers('k=2 v=4'))).toEqual(['exllama']);
  });

  it('name the system where it is the engine itself', () => {
    expect(offers('system=llamacpp k=q8_0 v=q4_0')['llama-cpp']).toBe('-fa on -ctk q8_0 -ctv q4_0');
    expect(offers('system=llamacpp k=q4_0 v=q4_0').ollama).toBe('-fa on -ctk q4_0 -ctv q4_0');
    expect(Object.keys(offers('system=kivi k=2 v=2'))).toEqual([]);
    expect(offers('system=lmdeploy policy=42').lmdeploy).toBe('--backend pytorch --quant-policy 42');
    expect(offers('system=turboquant preset=vllm-3bit_nc').vllm).toBe('--kv-cache-dtype turboquant_3bit_nc');
    expect(offers('system=adaquant').transformers).toContain('"nbits_k": 4, "nbits_v": 2');
    expect(offers('system=hf backend=hqq k=3 v=3').transformers).toContain('"backend": "hqq", "nbits": 3');
    expect(offers('system=hf axisKey=-1').transformers).toContain('"axis_key": -1, "axis_value": 0');
    expect(offers('system=hf backend=hqq axisValue=0').transformers).toContain('"axis_key": 1, "axis_value": 0');
  });

  it('offer nothing for a mix of the visitor', () => {
    expect(offers('k=4 v=4 transform=hadamard')).toEqual({});
  });

  it('always say why not, how to check, and where it was read', () => {
    for (const lane of ['k=8 v=4', 'k=4 v=2', 'system=zipcache', 'k=1 v=1'])
      for (const { offer, why, check, whyNoCheck } of answersFor(parseLane(lane))) {
        expect(offer === null ? why : 'offered').not.toBe('');
        if (offer) expect(check ? 'checked' : whyNoCheck).not.toBe('');
      }
    for (const { source, version, checked } of ENGINES) {
      expect(source).toMatch(/^https:/);
      expect(version).not.toBe('');
      expect(checked).toMatch(/^\d{4}-\d\d-\d\d$/);
    }
  });

  it('check with the table whose names the page uses', () => {
    const [llama] = answersFor(parseLane('k=8 v=8'));
    expect(llama.check?.lines[1]).toContain('-ctk q8_0 -ctv q8_0 --kl-divergence-base fp16.kld --kl-divergence');
  });
});
