import { useStore } from '../store';
import { report } from '../text/report';

/** What every report says about where its numbers come from. */
export function commonFacts(adapter: string, date: string): [string, string][] {
  const { model, modelRef } = useStore.getState();
  const text = report.facts;
  const axes = model && text.axes(model.layers, model.heads, model.kvHeads, model.headDim);
  return [
    ...(model
      ? ([
          [text.model, modelRef === model.name || modelRef === '' ? model.name : `${model.name} (${modelRef})`],
          [text.hash, model.sha256],
          [text.shape, axes ?? ''],
        ] as [string, string][])
      : []),
    [text.adapter, adapter],
    [text.date, date],
  ];
}
