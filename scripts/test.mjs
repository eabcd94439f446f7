// `npm test`: installs what is missing, checks, runs every test project and ends with one line of sums.
// Arguments are file filters and vitest options: `npm test -- uniform`.
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { endWithNpm, installPackages, requireNode, root } from './install.mjs';
import { prepareTests } from './prepare.mjs';

/**
 * Projects, in rounds. Those of a round run side by side: a software adapter compiles shaders on one core, so that two take little
 * longer than one. Unit tests and pages come alone, for some of them measure time.
 */
const ROUNDS = [['unit'], ['gpu-node', 'gpu-browser'], ['page']];
const NEEDS_CHROMIUM = new Set(['gpu-browser', 'page']);
/** A native driver that hangs cannot be stopped by vitest's own timeouts. */
const LIMIT_MINUTES = 45;

/** The project of a round whose output goes straight to the screen; that of another waits for its end. */
const SHOWN = 0;

/**
 * Runs a Node script with its output on the screen, at once or when it ends.
 * @param {string} title @param {string[]} args @param {boolean} [live] @returns {Promise<number>} its exit code
 */
function runNode(title, args, live = true) {
  if (live) console.log(`\n== ${title}`);
  return new Promise((done) => {
    const output = live ? 'inherit' : 'pipe';
    const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', output, output] });
    /** @type {Buffer[]} */
    const kept = [];
    child.stdout?.on('data', (piece) => kept.push(piece));
    child.stderr?.on('data', (piece) => kept.push(piece));
    const timer = setTimeout(() => {
      console.error(`${title}: stopped after ${LIMIT_MINUTES} minutes`);
      child.kill('SIGKILL');
    }, LIMIT_MINUTES * 60_000);
    const stop = () => child.kill();
    process.once('exit', stop);
    const finish = (/** @type {number} */ code) => {
      clearTimeout(timer);
      process.off('exit', stop);
      if (!live) process.stdout.write(`\n== ${title}\n${Buffer.concat(kept)}`);
      done(code);
    };
    child.on('error', () => finish(1));
    child.on('close', (code) => finish(code ?? 1));
  });
}

/** Counts of one vitest report; a file that could not be loaded has no tests of its own and counts as one failure. */
function readReport(/** @type {string} */ file) {
  const report = JSON.parse(readFileSync(file, 'utf8'));
  const broken = report.testResults.filter(
    (/** @type {{ status: string, assertionResults: { status: string }[] }} */ result) =>
      result.status === 'failed' && !result.assertionResults.some((test) => test.status === 'failed'),
  );
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + broken.length,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}

const sum = { passed: 0, failed: 0, skipped: 0 };
/** @type {string[]} */
const notes = [];

requireNode();
endWithNpm();
installPackages();
const { chromium } = prepareTests();
const reports = join(root, '.cache', 'test', String(process.pid));
mkdirSync(reports, { recursive: true });
process.once('exit', () => rmSync(reports, { recursive: true, force: true }));

if ((await runNode('check', ['scripts/check.mjs'])) !== 0) {
  sum.failed++;
  notes.push('check failed');
}

/** Runs one vitest project and adds its counts. @param {string} project @param {boolean} live */
async function runProject(project, live) {
  if (NEEDS_CHROMIUM.has(project) && !chromium) {
    sum.failed++;
    notes.push(`${project}: no Chromium`);
    return;
  }
  const file = join(reports, `${project}.json`);
  const options = ['--passWithNoTests', '--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
  const vitest = ['node_modules/vitest/vitest.mjs', 'run', '--project', project, ...options, ...process.argv.slice(2)];
  const code = await runNode(project, vitest, live);
  let counts = { passed: 0, failed: 0, skipped: 0 };
  try {
    counts = readReport(file);
  } catch {
    // No report: nothing matched the filter (exit code 0) or vitest itself fell over (anything else).
  }
  if (code !== 0 && counts.failed === 0) {
    counts.failed = 1;
    notes.push(`${project}: vitest ended with code ${code}`);
  }
  sum.passed += counts.passed;
  sum.failed += counts.failed;
  sum.skipped += counts.skipped;
}

for (const round of ROUNDS) await Promise.all(round.map((project, i) => runProject(project, i === SHOWN)));

if (notes.length > 0) console.log(`\n${notes.join('\n')}`);
console.log(`\n${sum.passed} passed, ${sum.failed} failed, ${sum.skipped} skipped`);
process.exit(sum.failed > 0 ? 1 : 0);
