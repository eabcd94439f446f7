// Thresholds of the detectors, from the experiment `alarms`:
//   node scripts/calibration.mjs prompts PROMPTS.json        writes its settings: the bundled prompts
//   node scripts/calibration.mjs table RESULT.jsonl [DATE]   writes gpu/measure/detectors/calibration.json
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'vite';

const TABLE = 'gpu/measure/detectors/calibration.json';
const [what, path, date = new Date().toISOString().slice(0, 10)] = process.argv.slice(2);
if ((what !== 'prompts' && what !== 'table') || !path) {
  console.error('node scripts/calibration.mjs prompts|table FILE');
  process.exit(2);
}
const vite = await createServer({
  logLevel: 'error',
  server: { middlewareMode: true, hmr: false, watch: null },
  optimizeDeps: { noDiscovery: true },
});
try {
  if (what === 'prompts') await writePrompts(path);
  else await writeTable(path);
} finally {
  await vite.close();
}

/** @param {string} to */
async function writePrompts(to) {
  /** @type {{ SCENES: { id: string, text: string, chat: boolean }[] }} */
  const { SCENES } = await load('/app/setup/scenes.ts');
  /** @type {{ answers: Record<string, string> }} */
  const { answers } = await load('/app/verdict/answers.ts');
  const prompts = SCENES.map(({ id, text, chat }) => ({ id, text, chat, key: answers[id] ?? null }));
  writeFileSync(to, JSON.stringify({ prompts }));
}

/** @param {string} from */
async function writeTable(from) {
  const { calibrate } = await load('/gpu/lab/alarms/calibrate.ts');
  const lines = readFileSync(from, 'utf8').trim().split('\n');
  const [head, ...passes] = lines.map((line) => JSON.parse(line));
  const all = passes.flatMap((pass) => pass.rows).filter((row) => 'detector' in row);
  const [clean, broken] = head.settings.lanes;
  /** @type {any[]} */
  const rows = calibrate(all, clean, broken);
  const thresholds = Object.fromEntries(rows.map((row) => [row.detector, row.threshold]));
  const on = `${head.model}, ${head.settings.prompts.length} bundled prompts, ${head.adapter}, ${date}`;
  const table = { on, sha256: head.sha256, clean, broken, steps: head.settings.steps, thresholds, rows };
  writeFileSync(TABLE, `${JSON.stringify(table, null, 2)}\n`);
  for (const { detector, start, threshold, shadow, clean: quiet, broken: loud } of rows) {
    const rates = [shadow, quiet, loud].map(({ alarms, runs }) => `${alarms}/${runs}`);
    console.log(`${detector}: ${start} -> ${threshold}; FP16 ${rates[0]}, ${clean} ${rates[1]}, ${broken} ${rates[2]}`);
  }
}

/** @param {string} module @returns {Promise<any>} */
async function load(module) {
  return vite.ssrLoadModule(module);
}
