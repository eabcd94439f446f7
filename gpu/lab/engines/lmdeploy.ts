import type { CacheWish, Engine } from './engine';
import { isPlain, noSystem, pairText } from './engine';

/** --quant-policy by name or number; FP8 and TurboQuant exist in the PyTorch engine only. */
const POLICIES: Record<string, string> = {
  4: '--quant-policy 4',
  8: '--quant-policy 8',
  16: '--backend pytorch --quant-policy fp8',
  17: '--backend pytorch --quant-policy fp8_e5m2',
  42: '--backend pytorch --quant-policy 42',
};
const PLAIN: Record<string, number> = { '8/8': 8, '4/4': 4, '4/2': 42 };

const policyOf = (wish: CacheWish): number | undefined => {
  if (wish.system === 'lmdeploy') return Number(wish.options.policy ?? 8);
  return isPlain(wish) ? PLAIN[`${wish.k}/${wish.v}`] : undefined;
};

const engine: Engine = {
  id: 'lmdeploy',
  title: 'LMDeploy',
  source: 'https://github.com/InternLM/lmdeploy/blob/main/docs/en/quantization/kv_quant.md',
  version: 'main, commit 9f134dc (lmdeploy/messages.py), FP8 since pull request 4563',
  checked: '2026-11-28',
  offer(wish) {
    const policy = policyOf(wish);
    if (policy === undefined) {
      return isPlain(wish) ? `No policy for ${pairText(wish)}: int8, int4, FP8, and 42 with K4 V2.` : noSystem(wish);
    }
    const isSame = wish.system === 'lmdeploy';
    const near = policy === 42 ? 'Rotated keys and values (TurboQuant)' : 'One scale per token and head';
    const flags = POLICIES[policy];
    return {
      lines: [`lmdeploy serve api_server MODEL ${flags}`],
      fit: isSame ? 'same' : 'near',
      note: isSame ? '' : `${near} instead of groups of 32.`,
      flags,
    };
  },
  verify: () => 'LMDeploy has no tool for KL; its own numbers are task scores from OpenCompass.',
};

export default engine;
