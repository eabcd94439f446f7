// What the tests need beside npm packages: a Chromium (by apt where that is possible) and a fast CPU driver for Vulkan.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { wantsLavapipe } from './adapter.mjs';
import { findChromium } from './chromium.mjs';
import { root } from './install.mjs';

/** @param {string} command @param {string[]} args */
function quietly(command, args) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const done = spawnSync(command, args, { cwd: root, env, stdio: ['ignore', 'ignore', 'inherit'] });
  return done.status === 0;
}

/** @returns {boolean} whether there is a Chromium now */
function ensureChromium() {
  if (findChromium()) return true;
  const canInstall = process.getuid?.() === 0 && existsSync('/etc/debian_version');
  if (canInstall) {
    console.error('Installing Chromium (apt) ...');
    quietly('apt-get', ['-qq', 'update']);
    // A font, so that the page tests measure real text.
    quietly('apt-get', ['-qq', '-y', '--no-install-recommends', 'install', 'chromium', 'fonts-dejavu-core']);
  }
  if (findChromium()) return true;
  console.error('No Chromium found. Install chromium or Google Chrome, or set CHROME=/path/to/it.');
  return false;
}

/** @returns {{ chromium: boolean }} */
export function prepareTests() {
  const chromium = ensureChromium();
  // Best effort: without it the tests use Chromium's SwiftShader, several times slower.
  if (wantsLavapipe()) quietly('sh', [join(root, 'scripts', 'get-lavapipe.sh')]);
  return { chromium };
}
