// No circles among value imports; import.meta.glob counts as an import of every file it matches.
import { imports } from './imports.mjs';

/** @type {Map<string, string[]>} */
const graph = new Map();
for (const { from, to, type, inside } of imports) {
  if (inside && !type) graph.set(from, [...(graph.get(from) ?? []), to]);
}

const done = new Set();
/** @type {string[]} */
const circles = [];

/** @param {string} file @param {string[]} path */
function visit(file, path) {
  const seen = path.indexOf(file);
  if (seen >= 0) {
    circles.push([...path.slice(seen), file].join(' -> '));
    return;
  }
  if (done.has(file)) return;
  for (const next of graph.get(file) ?? []) visit(next, [...path, file]);
  done.add(file);
}

for (const file of graph.keys()) visit(file, []);
for (const circle of circles) console.error(`import circle: ${circle}`);
process.exit(circles.length > 0 ? 1 : 0);
