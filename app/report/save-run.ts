import type { CacheConfig } from '../../gpu/kv/config';
import { formatLane } from '../../gpu/kv/lane';
import { theme } from '../draw/theme';
import { report as fail } from '../engine';
import { runReport } from '../engine-run';
import { frames } from '../frames';
import { laneName } from '../lane-name';
import { saveFile, slug } from '../page/download';
import { linkAddress } from '../page/ShareDialog';
import { contentOf } from '../session';
import { useStore } from '../store';
import { report } from '../text/report';
import { commonFacts } from './facts';
import { figuresOnPage } from './figures';
import { rowTables } from './flat';
import { reportHtml } from './html';
import { shownParts } from './shown';
import { tokensOf } from './tokens';

/** Panels whose words and figures are found in no chart. */
const SHOWN = '.verdict, .breaks, .numbers, .memory, .next-token';

/** The run on screen: charts as they are drawn, the table of every lane, settings, receipt and link, as one file. */
export async function saveRunReport(): Promise<void> {
  try {
    const run = (await runReport()) as RunReport;
    const state = useStore.getState();
    const { receipt } = contentOf(state, true);
    const { figures, tables } = figuresOnPage();
    const lanes = (run.lanes ?? []).map(({ config, summary, bytes, effectiveBits, detectors }) => ({
      ...{ lane: laneName(config, { k: config.k.bits, v: config.v.bits }), words: formatLane(config) },
      ...{ ...summary, bytes, effectiveBits, detectors },
    }));
    const date = new Date().toISOString();
    const html = reportHtml(
      {
        title: report.runTitle(state.model?.name ?? ''),
        about: report.runAbout(frames.count),
        facts: [
          ...commonFacts(state.adapter?.name ?? '', date),
          [report.facts.prompt, state.settings.text],
          ...(receipt ? [[report.facts.receipt, report.receipt(receipt)] as const] : []),
        ],
        link: linkAddress(),
        figures,
        parts: shownParts(document.querySelectorAll(SHOWN)),
        tables: [...rowTables(report.lanes, lanes), ...tables],
        data: [
          [report.settings, state.settings],
          [report.run, run],
        ],
      },
      report.words,
      tokensOf(theme()),
      date,
    );
    saveFile(`kvscope-${slug()}.html`, html, 'text/html');
  } catch (error) {
    fail(error);
  }
}

/** What of the eval JSON stands in tables of its own. */
interface RunReport {
  lanes?: { config: CacheConfig; summary?: object; bytes?: object; effectiveBits?: object; detectors?: object }[];
}
