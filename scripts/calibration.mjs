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
  if (what === 'prompts') {
    const { SCENES } = await vite.ssrLoadModule('/app/setup/scenes.ts');
    const { answers } = await vite.ssrLoadModule('/app/verdict/answers.ts');
    const prompts = SCENES.map(({ id, text, chat }) => ({ id, text, chat, key: answers[id] ?? null }));
    writeFileSync(path, JSON.stringify({ prompts }));
  } else {
    const { calibrate } = await vite.ssrLoadModule('/gpu/lab/alarms/calibrate.ts');
    const [head, ...passes] = readFileSync(path, 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    const all = passes.flatMap(({ rows }) => rows.filter((row) => 'detector' in row));
    const [clean, broken] = head.settings.lanes;
    const rows = calibrate(all, clean, broken);
    const thresholds = Object.fromEntries(rows.map(({ detector, threshold }) => [detector, threshold]));
    const on = `${head.model}, ${head.settings.prompts.length} bundled prompts, ${head.adapter}, ${date}`;
    const table = { on, sha256: head.sha256, clean, broken, steps: head.settings.steps, thresholds, rows };
    writeFileSync(TABLE, `${JSON.stringify(table, null, 2)}\n`);
    console.table(
      rows.map(({ detector, start, threshold, shadow, clean: quiet, broken: loud }) => ({
        detector,
        start,
        threshold,
        FP16: `${shadow.alarms}/${shadow.runs}`,
        [clean]: `${quiet.alarms}/${quiet.runs}`,
        [broken]: `${loud.alarms}/${loud.runs}`,
      })),
    );
  }
} finally {
  await vite.close();
}
