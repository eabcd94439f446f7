// Vite plugin: offers the GGUF named by KVSCOPE_MODEL to the page, in the dev server and in `vite preview`.
//   /__model.json      { name, size, url }, or 404 { error } where none was given
//   /__model/<name>    the bytes; Range and HEAD as the loader uses them
import { createReadStream, statSync } from 'node:fs';
import { basename, resolve } from 'node:path';

/** @typedef {import('node:http').IncomingMessage} Request */
/** @typedef {import('node:http').ServerResponse} Response */

/**
 * First byte and last byte (inclusive) of a single-range header; null where the header asks for the whole file,
 * 'bad' where it asks for bytes that the file does not have.
 * @param {string | undefined} header @param {number} size
 * @returns {[number, number] | null | 'bad'}
 */
export function parseRange(header, size) {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header ?? '');
  if (!match || (match[1] === '' && match[2] === '')) return null;
  const start = match[1] === '' ? Math.max(0, size - Number(match[2])) : Number(match[1]);
  const end = match[1] === '' || match[2] === '' ? size - 1 : Math.min(Number(match[2]), size - 1);
  return start > end || start >= size ? 'bad' : [start, end];
}

/** @param {Response} response @param {number} status @param {object} body */
function sendJson(response, status, body) {
  response.writeHead(status, { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' });
  response.end(JSON.stringify(body));
}

/** @param {string} path @param {Request} request @param {Response} response */
function sendFile(path, request, response) {
  const { size, mtimeMs } = statSync(path);
  const range = parseRange(request.headers.range, size);
  /** @type {Record<string, string | number>} */
  const headers = {
    'Content-Type': 'application/octet-stream',
    'Accept-Ranges': 'bytes',
    'Cache-Control': 'no-store',
    ETag: `"${size.toString(16)}-${Math.round(mtimeMs).toString(16)}"`,
  };
  if (range === 'bad') {
    response.writeHead(416, { ...headers, 'Content-Range': `bytes */${size}` });
    response.end();
    return;
  }
  const [start, end] = range ?? [0, size - 1];
  headers['Content-Length'] = end - start + 1;
  if (range) headers['Content-Range'] = `bytes ${start}-${end}/${size}`;
  response.writeHead(range ? 206 : 200, headers);
  if (request.method === 'HEAD' || size === 0) {
    response.end();
    return;
  }
  const stream = createReadStream(path, { start, end });
  stream.on('error', () => response.destroy());
  response.on('close', () => stream.destroy());
  stream.pipe(response);
}

/** @param {string | undefined} file @returns {(request: Request, response: Response, next: () => void) => void} */
function middleware(file) {
  const path = file ? resolve(file) : '';
  const url = `/__model/${encodeURIComponent(basename(path))}`;
  return (request, response, next) => {
    const asked = (request.url ?? '').replace(/[?#].*$/, '');
    if (!asked.startsWith('/__model')) return next();
    const info = path ? statSync(path, { throwIfNoEntry: false }) : undefined;
    if (!info?.isFile()) return sendJson(response, 404, { error: 'No local model: set KVSCOPE_MODEL.' });
    if (asked === '/__model.json') return sendJson(response, 200, { name: basename(path), size: info.size, url });
    if (asked === url) return sendFile(path, request, response);
    sendJson(response, 404, { error: 'No such local model.' });
  };
}

/** @param {string | undefined} [file] @returns {import('vite').Plugin} */
export function localModel(file = process.env.KVSCOPE_MODEL) {
  return {
    name: 'kvscope-local-model',
    configureServer(server) {
      server.middlewares.use(middleware(file));
    },
    configurePreviewServer(server) {
      server.middlewares.use(middleware(file));
    },
  };
}
