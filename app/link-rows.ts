import type { Move } from '../gpu/kv/config';
import { formatLane, parseLane } from '../gpu/kv/lane';
import { formatMoves, parseMoves } from '../gpu/kv/moves';
import { greedy } from '../gpu/run-types';
import type { Row } from './link-row';
import { decimal, emptyContent, fail, flag, oneOf, row, whole } from './link-row';
import { packText, unpackText } from './link-text';
import { PREF_ROWS, RECEIPT_ROW, VIEW_ROWS } from './link-view-rows';
import { RUN_CAP, STEPS_DEFAULT } from './settings';
import { formatScene, sceneOf } from './setup/scenes';
import type { LinkModel } from './store-link';

const base = emptyContent();

const RUN_ROWS: readonly Row[] = [
  row<LinkModel | null>({
    key: 'm',
    group: 'run',
    initial: null,
    get: (c) => c.model,
    set: (c, model) => {
      c.model = model;
    },
    format: (model) => (model ? `${model.ref}@${model.sha12}` : ''),
    parse: (word) => {
      const match = /^(.{1,300})@([0-9a-f]{12})$/.exec(word);
      return match ? { ref: match[1], sha12: match[2] } : fail('reference@12 hex digits');
    },
  }),
  row<string | null>({
    key: 'p',
    group: 'run',
    initial: null,
    get: (c) => c.settings.scene,
    set: (c, id) => {
      const scene = sceneOf(id ?? '') ?? fail('a known scene and revision');
      Object.assign(c.settings, { scene: scene.id, text: scene.text });
    },
    format: (id) => (id === null ? '' : formatScene(id)),
    parse: (word) => word,
  }),
  row<string>({
    key: 'z',
    group: 'run',
    initial: '',
    get: (c) => (c.settings.scene === null ? c.settings.text : ''),
    set: (c, text) => {
      if (c.settings.scene !== null) fail('p or z, not both');
      c.settings.text = text;
    },
    format: (text) => (text === '' ? '' : packText(text)),
    parse: unpackText,
  }),
  row({
    key: 'ch',
    group: 'run',
    initial: false,
    get: (c) => c.settings.chat,
    set: (c, chat) => Object.assign(c.settings, { chat }),
    ...flag,
  }),
  row({
    key: 'd',
    group: 'run',
    initial: greedy,
    get: (c) => c.settings.decode,
    set: (c, rule) => Object.assign(c.settings.decode, { ...rule, seed: c.settings.decode.seed }),
    format: (d) => [d.temperature, d.topK, d.topP, d.minP].join(','),
    parse: (word) => {
      const [temperature, topK, topP, minP, ...rest] = word.split(',');
      if (minP === undefined || rest.length > 0) fail('temperature,top-k,top-p,min-p');
      return {
        temperature: decimal(temperature, 0, 5),
        topK: whole(topK, 0, 1000),
        topP: decimal(topP, 0.01, 1),
        minP: decimal(minP, 0, 1),
        seed: 0,
      };
    },
  }),
  row({
    key: 's',
    group: 'run',
    initial: 0,
    get: (c) => c.settings.decode.seed,
    set: (c, seed) => Object.assign(c.settings.decode, { seed }),
    format: String,
    parse: (word) => whole(word, 0, 0xffffffff),
  }),
  row({
    key: 'n',
    group: 'run',
    initial: STEPS_DEFAULT,
    get: (c) => c.settings.steps,
    set: (c, steps) => Object.assign(c.settings, { steps }),
    format: String,
    parse: (word) => whole(word, 1, RUN_CAP),
  }),
  row({
    key: 'mode',
    group: 'run',
    initial: base.settings.mode,
    get: (c) => c.settings.mode,
    set: (c, mode) => Object.assign(c.settings, { mode }),
    format: String,
    parse: oneOf('same-prefix', 'free-running'),
  }),
  row({
    key: 'l',
    group: 'run',
    repeats: true,
    initial: base.settings.lanes,
    get: (c) => c.settings.lanes,
    set: (c, lanes) => Object.assign(c.settings, { lanes }),
    format: (lanes) => lanes.map(formatLane),
    parse: (_, all) => {
      if (all.length > 7) fail('at most 7 lanes');
      const lanes = all.map(parseLane);
      return lanes.some((lane) => lane.k.bits > 16 || lane.v.bits > 16) ? fail('1..8 or 16 bits') : lanes;
    },
  }),
  row<readonly Move[]>({
    key: 'ev',
    group: 'run',
    initial: base.settings.moves,
    get: (c) => c.settings.moves,
    set: (c, moves) => {
      if (moves.some((move) => move.lane > c.settings.lanes.length)) fail('lanes of this link');
      c.settings.moves = [...moves];
    },
    format: formatMoves,
    parse: parseMoves,
  }),
];

/** One row per setting, in the order of the link. */
export const ROWS: readonly Row[] = [...RUN_ROWS, ...VIEW_ROWS, ...PREF_ROWS, RECEIPT_ROW];
