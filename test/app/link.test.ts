import { describe, expect, it } from 'vitest';
import { formatLink, formatSaved, LinkError, parseLink } from '../../app/link';
import type { LinkContent } from '../../app/link-row';
import { emptyContent } from '../../app/link-row';
import { ROWS } from '../../app/link-rows';
import { checksum, packText, unpackText } from '../../app/link-text';
import { sceneOf } from '../../app/setup/scenes';
import { defaultConfig } from '../../gpu/kv/config';

/** A value for every row that differs from its default. */
function full(): LinkContent {
  const content = emptyContent();
  const second = defaultConfig(2, 4);
  second.k = { ...second.k, group: 64, scheme: 'sym', along: 'token' };
  second.keep = { ...second.keep, sinks: 4, window: 32 };
  second.prefill = 'fp16';
  content.settings = {
    scene: null,
    text: 'Le phare brûlait & the lamp = "off"?\n灯塔 100 % + more',
    chat: true,
    steps: 99,
    decode: { temperature: 0.8, topK: 40, topP: 0.95, minP: 0.05, seed: 4294967295 },
    mode: 'free-running',
    lanes: [defaultConfig(8, 4), second],
    moves: [
      { lane: 1, step: 40, field: 'k', value: 4, scope: 'all' },
      { lane: 2, step: 64, field: 'v', value: 2, scope: 'new' },
    ],
  };
  content.model = { ref: 'HuggingFaceTB/SmolLM2-135M-Instruct-GGUF/a b.gguf', sha12: '0123456789ab' };
  content.view = {
    cursor: 17,
    view: 'compare',
    section: 'tasks',
    tab: 'kl',
    lane: 2,
    metric: 'farChange',
    head: { layer: 7, head: 4 },
  };
  content.prefs = { lock: true, scope: 'new', length: 32768, keys: false, theme: 'dark' };
  content.receipt = { steps: 70, tokens: 'deadbeef', kl: '01234567', prefixes: ['aaaa', 'bbbb'] };
  return content;
}

function withScene(): LinkContent {
  const content = full();
  const scene = sceneOf('needle')!;
  content.settings = { ...content.settings, scene: scene.id, text: scene.text };
  return content;
}

const seal = (body: string) => `${body}&ck=${checksum(body)}`;
const refusal = (fragment: string) => {
  try {
    parseLink(fragment);
  } catch (error) {
    return error as LinkError;
  }
  return null;
};

describe('round trip', () => {
  it('writes nothing but the version for the defaults', () => {
    expect(formatLink(emptyContent())).toMatch(/^v=1&ck=[0-9a-f]{8}$/);
    expect(parseLink(`#${formatLink(emptyContent())}`).content).toEqual(emptyContent());
  });

  it.each([
    ['own text', full],
    ['a scene', withScene],
  ])('carries every field with %s', (_, make) => {
    const content = make();
    const { content: back, ignored } = parseLink(`#${formatLink(content)}`);
    expect(back).toEqual({ ...content, prefs: emptyContent().prefs });
    expect(ignored).toEqual([]);
    expect(formatLink(back)).toBe(formatLink(content));
  });

  it('keeps own habits in the saved session and leaves the receipt and the cursor out', () => {
    const back = parseLink(formatSaved(full())).content;
    expect(back.prefs).toEqual(full().prefs);
    expect(back.settings).toEqual(full().settings);
    expect(back.receipt).toBeNull();
    expect(back.view.cursor).toBe('live');
  });

  it('says every row that is not at its default, in one order', () => {
    const keys = formatLink(full())
      .split('&')
      .map((pair) => pair.split('=')[0]);
    const expected = ROWS.filter((row) => row.link && row.key !== 'p').flatMap((row) =>
      row.key === 'l' ? ['l', 'l'] : [row.key],
    );
    expect(keys).toEqual(['v', ...expected, 'ck']);
    expect(formatLink(full())).toContain('&l=k=8+v=4&');
  });

  it.each(['', 'a', 'ß'.repeat(3000), '\u0000\u{1f4a1}'])('packs text', (text) => {
    if (text !== '') expect(unpackText(packText(text))).toBe(text);
  });
});

describe('damaged links', () => {
  it('refuses a link cut at any character', () => {
    for (const link of [formatLink(full()), formatLink(emptyContent())]) {
      for (let end = 1; end < link.length; end++) expect(refusal(link.slice(0, end))).toBeInstanceOf(LinkError);
    }
  });

  it('refuses a link with any one character changed', () => {
    const link = formatLink(withScene());
    for (let i = 0; i < link.length; i++) {
      const other = link[i] === '7' ? '8' : '7';
      expect(refusal(link.slice(0, i) + other + link.slice(i + 1))).toBeInstanceOf(LinkError);
    }
  });

  it('tells what could be read', () => {
    const error = refusal(formatLink(full()).slice(0, -1));
    expect(error?.reason.code).toBe('cut');
    expect(error?.read.map(([key]) => key)).toContain('m');
  });

  it('names a newer version before anything else', () => {
    expect(refusal('v=2&whatever=1&ck=00000000')?.reason).toEqual({ code: 'newer', detail: '2' });
    expect(refusal('hello')?.reason.code).toBe('not-a-link');
  });
});

describe('values', () => {
  it.each([
    ['zz=1', 'zz'],
    ['n=0', 'n=0'],
    ['n=2049', 'n=2049'],
    ['n=1&n=2', 'n=1, 2'],
    ['s=-1', 's=-1'],
    ['d=9,0,1,0', 'd=9,0,1,0'],
    ['d=0.5,40', 'd=0.5,40'],
    ['p=nowhere.1', 'p=nowhere.1'],
    ['p=needle.99', 'p=needle.99'],
    ['z=****', 'z=****'],
    ['p=needle.1&z=abc', 'z=abc'],
    ['mode=both', 'mode=both'],
    ['l=k=9+v=4', 'k=9'],
    ['l=k=32+v=32', 'l=k=32'],
    ['ev=3.1.k.2.all', 'ev=3.1.k.2.all'],
    ['ev=1.1.q.2.all', 'ev:'],
    ['m=model.gguf', 'm=model.gguf'],
    ['x=40.deadbeef.deadbeef.aaaabbbb', 'x=40'],
    ['lk=maybe&th=pink&zz=1', 'zz'],
  ])('refuses %s by name', (body, name) => {
    const reason = refusal(seal(`v=1&${body}`))?.reason;
    expect(reason?.detail).toContain(name);
  });

  it('passes over impossible view settings and view keys of a later release, by name', () => {
    const { content, ignored } = parseLink(seal('v=1&n=12&h=x&tab=verdict&_zoom=2'));
    expect(ignored.sort()).toEqual(['_zoom', 'h', 'tab']);
    expect(content.settings.steps).toBe(12);
  });
});
