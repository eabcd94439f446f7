/** One table of a report: cells are printed as they are. */
export interface ReportTable {
  title: string;
  columns: readonly string[];
  rows: readonly (readonly string[])[];
}

/** A piece of the page in its own words. */
export interface ReportPart {
  title: string;
  /** HTML that runs nothing and fetches nothing. */
  html: string;
}

export interface ReportFigure {
  title: string;
  /** A whole SVG document. */
  svg: string;
}

export interface Report {
  title: string;
  /** What it is, in one sentence. */
  about: string;
  /** Name and value: model, hash, adapter, date, settings. */
  facts: readonly (readonly [name: string, value: string])[];
  /** Opens the same run; empty where there is none. */
  link: string;
  figures: readonly ReportFigure[];
  parts: readonly ReportPart[];
  tables: readonly ReportTable[];
  /** Everything again for programs, under its name. */
  data: readonly (readonly [name: string, value: unknown])[];
}

export interface ReportWords {
  link: string;
  data: (name: string) => string;
  made: (date: string) => string;
}

const NAMED: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const safe = (text: string): string => text.replaceAll(/[&<>"]/g, (mark) => NAMED[mark]);

/** Colours and type of the report by token name. */
export type Tokens = Readonly<Record<'bg' | 'ink' | 'ink2' | 'line' | 'sunk' | 'sans', string>>;

const style = ({ bg, ink, ink2, line, sunk, sans }: Tokens): string => `
body{margin:0 auto;max-width:1100px;padding:24px;background:${bg};color:${ink};font:13px/18px ${sans};font-variant-numeric:tabular-nums lining-nums}
h1{font-size:22px;line-height:28px;margin:0 0 4px}h2{font-size:14px;margin:28px 0 6px}p{margin:0 0 8px;color:${ink2}}
dl{display:grid;grid-template-columns:max-content 1fr;gap:2px 16px;margin:12px 0}dt{color:${ink2}}dd{margin:0;overflow-wrap:anywhere}
figure{margin:0 0 16px}figcaption{font-weight:600;margin:16px 0 4px}svg{max-width:100%;height:auto}
.wide{overflow-x:auto}table{border-collapse:collapse;font-size:12px}th,td{padding:3px 12px 3px 0;border-bottom:1px solid ${line};text-align:right;vertical-align:top}
th{font-weight:400;color:${ink2};white-space:nowrap}td:first-child,th:first-child{text-align:left}td{white-space:nowrap}td.long{white-space:normal;text-align:left;min-width:360px}
section th,section td{text-align:left;white-space:normal;padding-left:4px}section svg{vertical-align:middle}fieldset{border:0;padding:0;margin:0;display:inline}
pre{background:${sunk};padding:8px;overflow:auto;max-height:320px;font-size:11px;line-height:15px}a{color:inherit;overflow-wrap:anywhere}`;

/** A report as one HTML file that needs nothing else: no script runs, nothing is fetched. */
export function reportHtml(report: Report, words: ReportWords, tokens: Tokens, made: string): string {
  const { title, about, facts, link, figures, parts, tables, data } = report;
  const body = [
    `<h1>${safe(title)}</h1><p>${safe(about)}</p>`,
    `<dl>${facts.map(([name, value]) => `<dt>${safe(name)}</dt><dd>${safe(value)}</dd>`).join('')}`,
    link === '' ? '' : `<dt>${safe(words.link)}</dt><dd><a href="${safe(link)}">${safe(link)}</a></dd>`,
    '</dl>',
    ...figures.map(
      ({ title: name, svg }, i) => `<figure><figcaption>${safe(name)}</figcaption>${apart(svg, i)}</figure>`,
    ),
    ...parts.map(({ title: name, html }) => `<section><h2>${safe(name)}</h2><div class="wide">${html}</div></section>`),
    ...tables.map(tableHtml),
    ...data.map(
      ([name, value]) => `<h2>${safe(words.data(name))}</h2><pre>${safe(JSON.stringify(value, null, 1))}</pre>`,
    ),
    `<p>${safe(words.made(made))}</p>`,
  ];
  const policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:";
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="${policy}"><title>${safe(title)}</title><style>${style(tokens)}</style></head>
<body>${body.join('\n')}</body></html>`;
}

/** Names inside one picture must not meet those of another. */
const apart = (svg: string, i: number): string =>
  svg
    .replaceAll(/\bid="([^"]+)"/g, `id="f${i}-$1"`)
    .replaceAll(/url\((?:&quot;|['"])?#([^)'"&]+)(?:&quot;|['"])?\)/g, `url(#f${i}-$1)`);

/** Characters from which a cell may wrap. */
const LONG = 60;

function tableHtml({ title, columns, rows }: ReportTable): string {
  const cells = (row: readonly string[], tag: string) =>
    row.map((cell) => `<${tag}${cell.length > LONG ? ' class="long"' : ''}>${safe(cell)}</${tag}>`).join('');
  const head = `<thead><tr>${cells(columns, 'th')}</tr></thead>`;
  const lines = rows.map((row) => `<tr>${cells(row, 'td')}</tr>`).join('');
  return `<h2>${safe(title)}</h2><div class="wide"><table>${head}<tbody>${lines}</tbody></table></div>`;
}
