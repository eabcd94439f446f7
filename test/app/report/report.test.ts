import { describe, expect, it } from 'vitest';
import { rowTables } from '../../../app/report/flat';
import { reportHtml } from '../../../app/report/html';

const tokens = { bg: '#fff', ink: '#111', ink2: '#444', line: '#ddd', sunk: '#eee', sans: 'sans-serif' };
const words = { link: 'Link', data: (name: string) => `${name}, as JSON`, made: (date: string) => date };
const rows = [
  { kind: 'model', keyBias: [605.25, 22] },
  {
    kind: 'lane',
    lane: 'k=8 v=4',
    summary: { klMean: 0.00123456789, klMax: 3.5e-7 },
    kl: [0.125, 1e-9],
    sameTop: [true, false],
    first: null,
  },
  {
    kind: 'lane',
    lane: 'k=4 v=4',
    summary: { klMean: -0.5, klMax: 12345678 },
    kl: [0.25, 2],
    sameTop: [true, true],
    first: 7,
  },
];

/** Every number anywhere in a value. */
function numbers(value: unknown): number[] {
  if (typeof value === 'number') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(numbers) : [];
}

describe('a report', () => {
  it('makes one table for each kind of row, every number in full', () => {
    const [model, lanes] = rowTables('Rows', rows);
    expect(model).toEqual({ title: 'Rows: model', columns: ['kind', 'keyBias'], rows: [['model', '605.25 22']] });
    expect(lanes.columns).toEqual(['kind', 'lane', 'summary.klMean', 'summary.klMax', 'kl', 'sameTop', 'first']);
    expect(lanes.rows[0]).toEqual(['lane', 'k=8 v=4', '0.00123456789', '3.5e-7', '0.125 1e-9', 'true false', '–']);
    const printed = rowTables('', rows).flatMap(({ rows: cells }) => cells.flat().flatMap((cell) => cell.split(' ')));
    for (const value of numbers(rows)) expect(printed).toContain(String(value));
  });

  it('keeps rows apart that share few columns', () => {
    const tables = rowTables('Rows', [
      { tokens: [5, 6] },
      { tokens: 9, k: 4, kl: 0.5 },
      { tokens: 9, k: 2, kl: 1, note: 'x' },
    ]);
    expect(tables).toEqual([
      { title: 'Rows', columns: ['tokens'], rows: [['5 6']] },
      {
        title: 'Rows',
        columns: ['tokens', 'k', 'kl', 'note'],
        rows: [
          ['9', '4', '0.5', ''],
          ['9', '2', '1', 'x'],
        ],
      },
    ]);
  });

  it('is one file that runs nothing, fetches nothing, and escapes what a visitor typed', () => {
    const svg = '<svg xmlns="x"><defs><pattern id="hatch"></pattern></defs><rect fill="url(#hatch)"/></svg>';
    const html = reportHtml(
      {
        ...{ title: 'T <b>', about: 'A', facts: [['Prompt', '<script>alert(1)</script>']], link: 'https://a/#v=1&p=2' },
        figures: [
          { title: 'One', svg },
          { title: 'Two', svg },
        ],
        parts: [{ title: 'Verdict <1>', html: '<p>close at <b>0.02</b></p>' }],
        tables: rowTables('Rows', rows),
        data: [['Rows', rows]],
      },
      words,
      tokens,
      'today',
    );
    expect(html).toContain("default-src 'none'");
    expect(html).not.toMatch(/<script|src=|@import/);
    expect(html).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
    expect(html).toContain('href="https://a/#v=1&amp;p=2"');
    expect(html).toContain('<h2>Verdict &lt;1&gt;</h2><div class="wide"><p>close at <b>0.02</b></p></div>');
    for (const id of ['f0-hatch', 'f1-hatch']) {
      expect(html).toContain(`id="${id}"`);
      expect(html).toContain(`url(#${id})`);
    }
    for (const value of numbers(rows)) expect(html).toContain(String(value));
  });
});
