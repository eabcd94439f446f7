/** Where a published figure stands. Figures are as collected from it; `unsure` where the source could not be confirmed. */
export interface PublishedSource {
  title: string;
  url: string;
}

export const SOURCES = {
  lmdeploy: {
    title: 'LMDeploy, KV quantization',
    url: 'https://lmdeploy.readthedocs.io/en/latest/quantization/kv_quant.html',
  },
  adaquant: { title: 'KV-AdaQuant (arXiv 2502.15075)', url: 'https://arxiv.org/abs/2502.15075' },
  zipcache: { title: 'ZipCache (arXiv 2405.14256)', url: 'https://arxiv.org/abs/2405.14256' },
  simlayerkv: { title: 'SimLayerKV (arXiv 2410.13846)', url: 'https://arxiv.org/abs/2410.13846' },
  kvcrush: { title: 'KVCrush (arXiv 2503.00022)', url: 'https://arxiv.org/abs/2503.00022' },
  akvq: { title: 'AKVQ-VL (arXiv 2501.15021)', url: 'https://arxiv.org/abs/2501.15021' },
  skvq: { title: 'SKVQ (arXiv 2405.06219)', url: 'https://arxiv.org/abs/2405.06219' },
  emergent: {
    title: 'Do emergent abilities exist in quantized LLMs (arXiv 2307.08072)',
    url: 'https://arxiv.org/abs/2307.08072',
  },
} satisfies Record<string, PublishedSource>;

export type SourceId = keyof typeof SOURCES;
