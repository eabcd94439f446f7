import type { SourceId } from './sources';

/** A sentence that is believed of KV-cache widths, with the figure behind it. */
export interface PublishedClaim {
  id: string;
  text: string;
  figure: string;
  sources: SourceId[];
  /** The figure could not be found again in the source it is quoted from. */
  unsure?: boolean;
}

/** What is said in general. */
export const CLAIMS: PublishedClaim[] = [
  {
    id: 'A1',
    text: 'From FP16 to K8 V8 nothing is lost in practice.',
    figure: '0–0.1 pp on knowledge benchmarks (MMLU, C-Eval); 30–40 % more throughput',
    sources: ['lmdeploy'],
  },
  {
    id: 'A2',
    text: 'K4 V4 loses almost nothing on short questions and visibly more in long contexts.',
    figure: '0.3–1 pp',
    sources: ['lmdeploy'],
  },
  {
    id: 'A3',
    text: 'Keys under 4 bits break even short prompts while values keep 4.',
    figure: 'K2 V4: more than 15 pp lost',
    sources: ['adaquant'],
  },
  {
    id: 'A4',
    text: 'At the same mean of 3 bits, K4 V2 is far better than K2 V4.',
    figure: '75.2 % against 54.7 %',
    sources: ['adaquant'],
  },
  {
    id: 'A5',
    text: 'Give keys at least as many bits as values.',
    figure: 'from A3 and A4; the key matrix has the larger spectral norm',
    sources: ['adaquant'],
  },
  {
    id: 'A6',
    text: 'Under 4 bits, mix widths by norms or saliency, or keep a window; never cut all alike.',
    figure: 'no single figure',
    sources: ['zipcache', 'skvq', 'akvq'],
  },
];

/** What is quoted for single systems. */
export const SYSTEM_CLAIMS: PublishedClaim[] = [
  {
    id: 'lmdeploy',
    text: 'LMDeploy int8, over OpenCompass',
    figure: 'mean difference below 0.1 pp',
    sources: ['lmdeploy'],
  },
  {
    id: 'simlayerkv',
    text: 'SimLayerKV, 16 tasks of LongBench, cache 5 times smaller',
    figure: '−1.2 pp',
    sources: ['simlayerkv'],
  },
  {
    id: 'kvcrush',
    text: 'KVCrush, retrieval at 4k, cache 4 times smaller',
    figure: '−0.9 pp, 7 % more repetition',
    sources: ['kvcrush'],
    unsure: true,
  },
  {
    id: 'adaquant',
    text: 'KV-AdaQuant, LLaMA-7B',
    figure: 'K2 V4 54.7 %, K4 V2 75.2 %',
    sources: ['adaquant'],
    unsure: true,
  },
  {
    id: 'emergent',
    text: 'Emergent abilities under quantized weights (not the cache), 2 bits',
    figure: 'GSM8K and MMLU near chance (about 25 %)',
    sources: ['emergent'],
  },
  {
    id: 'zipcache',
    text: 'ZipCache, GSM8K, cache 4.98 times smaller',
    figure: '−0.38 pp; more than 10 pp at 2 bits',
    sources: ['zipcache'],
  },
  {
    id: 'akvq-skvq',
    text: 'AKVQ-VL and SKVQ at 2–2.5 bits with saliency or reordering, multimodal or with a sliding window',
    figure: 'below 1 pp',
    sources: ['akvq', 'skvq'],
  },
];
