// What `npm start` and `npm test` do first. Nothing here may import a package: it runs before there are any.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));

const MIN_NODE = [20, 19];

/** Ends the process with a plain sentence where Node is too old for Vite. */
export function requireNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > MIN_NODE[0] || (major === MIN_NODE[0] && minor >= MIN_NODE[1])) return;
  console.error(`kvscope needs Node ${MIN_NODE.join('.')} or newer; this is ${process.versions.node}.`);
  process.exit(1);
}

/**
 * Ends this process when npm is ended: the shell that npm puts in between does not pass signals on, and would leave a
 * server or a long run behind. Started without npm, a process may outlive its parent.
 */
export function endWithNpm() {
  if (!process.env.npm_lifecycle_event) return;
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) process.exit(143);
  }, 500).unref();
}

/** @param {string} file */
function lockedPackages(file) {
  /** @type {Record<string, { version?: string, optional?: boolean, peer?: boolean }>} */
  const packages = JSON.parse(readFileSync(file, 'utf8')).packages ?? {};
  delete packages[''];
  return packages;
}

/** Compares contents, not dates: a checkout that touches the lock file must not cost a reinstall. */
export function installIsCurrent() {
  const marker = join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(marker)) return false;
  const installed = lockedPackages(marker);
  return Object.entries(lockedPackages(join(root, 'package-lock.json'))).every(([path, wanted]) => {
    const have = installed[path];
    // Optional packages for other systems are in the lock file only.
    return have ? have.version === wanted.version : wanted.optional === true || wanted.peer === true;
  });
}

/** `npm ci`, only where node_modules is missing or differs from the lock file. */
export function installPackages() {
  if (installIsCurrent()) return;
  console.error('Installing dependencies (npm ci) ...');
  const args = ['ci', '--loglevel=error', '--no-audit', '--no-fund'];
  const npm = process.env.npm_execpath;
  /** @type {import('node:child_process').SpawnSyncOptions} */
  const options = { cwd: root, stdio: ['ignore', 2, 2] };
  const done =
    npm && /\.[cm]?js$/.test(npm)
      ? spawnSync(process.execPath, [npm, ...args], options)
      : spawnSync('npm', args, { ...options, shell: process.platform === 'win32' });
  if (done.status === 0) return;
  console.error('npm ci failed; its own message is above.');
  process.exit(1);
}
