// The Node build of the engine. Bundles lie in .cache/host/<key>/, the key being a hash of every source they are made of:
// a changed, added or deleted file gives a new key, and an old bundle stays whole for a process that still runs from it.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './install.mjs';

const folder = join(root, '.cache', 'host');
const SOURCES = ['gpu', 'workers', 'package-lock.json', 'vite.config.ts', 'scripts/host-build.mjs'];
const KEEP = 4;
const ATTEMPTS = 3;

/** @param {string} path @returns {string[]} paths of all files below, in a fixed order */
function filesIn(path) {
  const full = join(root, path);
  if (!existsSync(full)) return [];
  if (statSync(full).isFile()) return [path];
  return readdirSync(full)
    .sort()
    .flatMap((name) => filesIn(`${path}/${name}`));
}

function sourceKey() {
  const hash = createHash('sha256');
  for (const file of SOURCES.flatMap(filesIn)) {
    const content = readFileSync(join(root, file));
    hash.update(`${file}\0${content.length}\0`).update(content);
  }
  return hash.digest('hex').slice(0, 16);
}

/** @param {number} pid */
function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === 'EPERM';
  }
}

/** Waits while another living process builds. The lock only saves work: two builds at once would both be right. */
async function takeLock(/** @type {string} */ lock, /** @type {() => boolean} */ isBuilt) {
  for (let waited = 0; waited < 120_000 && !isBuilt(); waited += 100) {
    try {
      writeFileSync(lock, String(process.pid), { flag: 'wx' });
      return true;
    } catch {
      const owner = existsSync(lock) ? Number(readFileSync(lock, 'utf8')) : 0;
      if (owner > 0 && !isAlive(owner)) rmSync(lock, { force: true });
      await new Promise((resume) => setTimeout(resume, 100));
    }
  }
  return false;
}

/**
 * Builds beside the target and moves the folder there in one step. Throws with the whole build output where the build fails.
 * @param {string} target @param {() => boolean} isValid asked after the build: false drops it
 */
function build(target, isValid) {
  const temporary = join(folder, `build-${process.pid}`);
  try {
    const script = join(root, 'scripts', 'host-build.mjs');
    const done = spawnSync(process.execPath, [script, temporary], { cwd: root, encoding: 'utf8' });
    if (done.status !== 0) {
      throw new Error(`${done.stdout}${done.stderr}`.trim() || `build ended with ${done.signal ?? done.status}`);
    }
    if (isValid() && !existsSync(target)) renameSync(temporary, target);
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}

/** Removes all but the newest bundles, and what killed builds left. @param {string} current */
function prune(current) {
  const names = readdirSync(folder);
  const old = names
    .filter((name) => /^[0-9a-f]{16}$/.test(name) && name !== current)
    .map((name) => ({ name, time: statSync(join(folder, name)).mtimeMs }))
    .sort((a, b) => b.time - a.time)
    .slice(KEEP)
    .map(({ name }) => name);
  const left = names.filter((name) => name.startsWith('build-') && !isAlive(Number(name.slice('build-'.length))));
  for (const name of [...old, ...left]) rmSync(join(folder, name), { recursive: true, force: true });
}

/** Folder of the bundle for the sources as they are now; builds it where it is not there yet. @returns {Promise<string>} */
export async function hostBundle() {
  mkdirSync(folder, { recursive: true });
  const lock = join(folder, 'lock');
  for (let attempt = 1; ; attempt++) {
    const key = sourceKey();
    const target = join(folder, key);
    const isBuilt = () => existsSync(target);
    if (isBuilt()) return target;
    const locked = await takeLock(lock, isBuilt);
    try {
      // A file saved during the build may or may not be inside it: then the key is wrong, and the build is made again.
      if (!isBuilt()) build(target, () => attempt === ATTEMPTS || sourceKey() === key);
      prune(key);
    } finally {
      if (locked) rmSync(lock, { force: true });
    }
    if (isBuilt()) return target;
  }
}
