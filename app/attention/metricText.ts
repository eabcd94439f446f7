import { fixed, signed } from '../draw/figures';
import type { Metric } from './metrics';

export function metricText(metric: Metric, value: number): string {
  return metric.scale.kind === 'signed' ? signed(value, metric.decimals) : fixed(value, metric.decimals);
}
