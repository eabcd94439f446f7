// Reads the import lines of the project's sources. Shared by check-imports and check-cycles; no parser, so it relies on
// Biome's formatting: a statement starts a line.
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, posix } from 'node:path';
import { root } from './install.mjs';

const FOLDERS = ['app', 'gpu', 'workers', 'test', 'scripts'];
const CODE = /\.(ts|tsx|mjs)$/;
const STATEMENT = /^\s*(?:import|export)\s+(type\s+)?(?:[^'"`;()]*?\sfrom\s*)?['"]([^'"]+)['"]/gm;
const CALL = /\b(?:import\(|new URL\(|import\.meta\.glob(?:<[^>]*>)?\()\s*(?:\/\*[^*]*\*\/\s*)?['"]([^'"]+)['"]/g;

/** @typedef {{ from: string, to: string, spec: string, line: number, type: boolean, inside: boolean }} Import */

/** @param {string} folder @returns {string[]} */
function walk(folder) {
  if (!existsSync(join(root, folder))) return [];
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    return entry.isDirectory() ? walk(path) : [path];
  });
}

/** All files of the project's own folders, relative to the root, with forward slashes. */
export const files = FOLDERS.flatMap(walk).sort();

/** @param {string} path */
const isFile = (path) => statSync(join(root, path), { throwIfNoEntry: false })?.isFile() ?? false;

/** The file or files that a relative specifier means. @param {string} from @param {string} spec @returns {string[]} */
function resolve(from, spec) {
  const path = posix.join(posix.dirname(from), spec.replace(/[?#].*$/, ''));
  if (path.includes('*')) {
    const [before, after] = [path.slice(0, path.indexOf('*')), path.slice(path.lastIndexOf('*') + 1)];
    return files.filter((file) => file !== from && file.startsWith(before) && file.endsWith(after));
  }
  const guesses = [path, `${path}.ts`, `${path}.tsx`, `${path}.mjs`, `${path}/index.ts`];
  const found = guesses.find(isFile);
  return found ? [found] : [];
}

/** @param {string} from @returns {Import[]} */
function importsOf(from) {
  const source = readFileSync(join(root, from), 'utf8');
  const found = [
    ...[...source.matchAll(STATEMENT)].map((match) => ({ at: match.index, type: !!match[1], spec: match[2] })),
    ...[...source.matchAll(CALL)].map((match) => ({ at: match.index, type: false, spec: match[1] })),
  ];
  return found.flatMap(({ at, type, spec }) => {
    const line = source.slice(0, at).split('\n').length + (/^\s*\n/.test(source.slice(at)) ? 1 : 0);
    const inside = spec.startsWith('.');
    const targets = inside ? resolve(from, spec) : [spec];
    return targets.map((to) => ({ from, to, spec, line, type, inside }));
  });
}

/** Every import of every code file: packages have inside = false, `import type` has type = true. @type {Import[]} */
export const imports = files.filter((file) => CODE.test(file)).flatMap(importsOf);
