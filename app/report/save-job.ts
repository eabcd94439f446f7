import { theme } from '../draw/theme';
import type { Job } from '../lab/jobs';
import { rowsOf } from '../lab/jobs';
import { saveFile, slug } from '../page/download';
import { linkAddress } from '../page/ShareDialog';
import { report } from '../text/report';
import { commonFacts } from './facts';
import { figuresOnPage } from './figures';
import { rowTables } from './flat';
import { reportHtml } from './html';
import { shownParts } from './shown';
import { tokensOf } from './tokens';

/** An experiment with everything it has measured so far, as one file. */
export function saveJobReport(id: string, title: string, job: Job): void {
  const rows = rowsOf<object>(job);
  const { figures, tables } = figuresOnPage();
  const settings = job.plan?.settings ?? {};
  const passes = job.plan?.passes.length ?? 0;
  const html = reportHtml(
    {
      title: report.jobTitle(title),
      about: report.jobAbout(Object.keys(job.rows).length, passes),
      facts: [...commonFacts(job.adapter, job.date), [report.facts.experiment, id]],
      link: linkAddress(),
      figures,
      parts: shownParts(document.querySelectorAll('.lab-body .panel')),
      tables: [...tables, ...rowTables(report.rows, rows)],
      data: [
        [report.settings, settings],
        [report.rows, rows],
      ],
    },
    report.words,
    tokensOf(theme()),
    new Date().toISOString(),
  );
  saveFile(`kvscope-${slug()}-${id}.html`, html, 'text/html');
}
