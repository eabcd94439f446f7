import type { Side } from '../config';
import { defaultConfig, uniformSide } from '../config';
import type { System } from '../system';

/** One side under a policy and an engine; groups are whole heads of one token. */
function sideOf(policy: number, engine: string, name: 'k' | 'v'): Side {
  const head = (bits: number, codec: string, own: Side['own'], transforms: string[] = []): Side => ({
    ...uniformSide(bits),
    codec,
    group: 'head',
    transforms,
    ...(own ? { own } : {}),
  });
  if (policy === 16) return head(8, 'fp8', undefined);
  if (policy === 17) return head(8, 'fp8', { format: 'e5m2' });
  if (policy === 42 && name === 'k') return head(4, 'lloyd', { residual: 'coord' }, ['hadamard']);
  if (policy === 42) return head(2, 'lloyd', undefined, ['hadamard']);
  if (engine === 'pytorch') return head(policy, 'zero-point', { rounding: 'halfUp' });
  return head(policy, 'uniform', { inverse: 'f16' });
}

const system: System = {
  id: 'lmdeploy',
  title: 'LMDeploy',
  text:
    "LMDeploy's quant_policy. 4 and 8: evenly spaced codes, one range per token and head, by either engine. 16 and 17: FP8. 42, " +
    '"TurboQuant": heads are turned by a Hadamard matrix and kept as length and nearest direction, keys with the sign of what is ' +
    'left. Everything is coded as it is written and read from the cache, in the prompt too.',
  formula:
    'turbomind: s = (max - min) / (2^b - 1), code = round((x - min) half(1 / s)); pytorch: z = -min / s, code = ' +
    'floor(x / s + z + 1/2), value = s (code - z)',
  source: 'https://lmdeploy.readthedocs.io/en/latest/quantization/kv_quant.html',
  bits: [],
  widths: { k: 8, v: 8 },
  params: [
    {
      key: 'policy',
      title: 'Policy',
      text: 'quant_policy. 4 and 8: int4 and int8; 16 and 17: FP8 e4m3 and e5m2; 42: TurboQuant. 16, 17 and 42 exist in the PyTorch engine only.',
      unit: '',
      default: 8,
      choices: [4, 8, 16, 17, 42],
    },
    {
      key: 'engine',
      title: 'Engine',
      text: 'turbomind keeps the minimum, pytorch where zero lies among the codes. Policies 16, 17 and 42 are the same under both words.',
      unit: '',
      default: 'turbomind',
      choices: ['turbomind', 'pytorch'],
    },
  ],
  facts: {
    code: 'https://github.com/InternLM/lmdeploy',
    licence: 'Apache-2.0',
    fidelity: {
      approximate:
        'metadata is rounded to FP16 whatever the type of the model; FP8 uses scale 1 where the original reads one from the model; ' +
        'policy 42 scales its levels by 1 / sqrt(D) everywhere',
    },
    published: [
      {
        what: 'internlm2.5-7b-chat, FP16 / int8 / int4',
        numbers: 'MMLU 72.30 / 72.27 / 71.17; GSM8K 85.67 / 85.44 / 83.78; C-Eval 78.06 / 77.87 / 77.05',
        source: "the project's documentation (kv_quant.md)",
      },
      {
        what: 'llama2-7b-chat, FP16 / int8 / int4',
        numbers: 'MMLU 35.64 / 35.58 / 34.79; GSM8K 28.20 / 28.05 / 27.37; TriviaQA 56.09 / 56.13 / 53.71',
        source: "the project's documentation (kv_quant.md)",
      },
      {
        what: 'requests per second of llama2-7b, FP16 / int8 / int4',
        numbers: '14.98 / 19.01 / 20.81',
        source: "the project's documentation (kv_quant.md)",
      },
      {
        what: 'policy 42 on Qwen3-30B-A3B and an H200 (no accuracy table)',
        numbers: 'about 5 times less cache memory, 7.3 % less throughput',
        source: 'pull request 4510',
      },
    ],
  },
  build({ policy, engine }) {
    const side = (name: 'k' | 'v') => sideOf(Number(policy), String(engine), name);
    return { ...defaultConfig(), k: side('k'), v: side('v') };
  },
};

export default system;
