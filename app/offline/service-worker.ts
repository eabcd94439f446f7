/**
 * The page's service worker: later visits work without a connection. Built on its own into `sw.js`, where the build puts its
 * version and the list of its files (`scripts/service-worker.mjs`).
 *
 * What has a hash in its name comes from the cache. Everything else, the page above all, comes from the network as long as there
 * is one, so an update is seen at once; this version of the files stays until the last tab that uses it is closed.
 */
declare const VERSION: string;
/** Paths relative to the scope: the page and all it needs. */
declare const FILES: string[];
/** Models that come with the page: kept when there is room. */
declare const MODELS: string[];

const worker = self as unknown as ServiceWorkerGlobalScope;
const { scope } = worker.registration;
const PREFIX = `kvscope ${scope} `;
const CACHE = PREFIX + VERSION;
const PAGE = 'index.html';
/** Longest wait for a network that does not answer. */
const PATIENCE_MS = 4000;

worker.addEventListener('install', (event) => {
  event.waitUntil(
    caches.open(CACHE).then(async (cache) => {
      await cache.addAll(
        FILES.map((path) => new Request(scope + path, { cache: isHashed(path) ? 'default' : 'no-cache' })),
      );
      await cache.addAll(MODELS.map((path) => scope + path)).catch(() => {});
    }),
  );
});

worker.addEventListener('activate', (event) => {
  event.waitUntil(
    caches
      .keys()
      .then((names) =>
        Promise.all(
          names.filter((name) => name.startsWith(PREFIX) && name !== CACHE).map((name) => caches.delete(name)),
        ),
      ),
  );
});

worker.addEventListener('fetch', (event) => {
  const { request } = event;
  const path = pathOf(request);
  if (path === null) return;
  event.respondWith(isHashed(path) ? fromCache(path, request) : fromNetwork(path, request));
});

const isHashed = (path: string): boolean => path.startsWith('assets/');

/** The file a request means, null for what this worker leaves alone. */
function pathOf(request: Request): string | null {
  if ((request.method !== 'GET' && request.method !== 'HEAD') || !request.url.startsWith(scope)) return null;
  const path = request.url.slice(scope.length).replace(/[?#].*$/, '') || PAGE;
  return FILES.includes(path) || MODELS.includes(path) ? path : null;
}

async function fromCache(path: string, request: Request): Promise<Response> {
  return (await kept(path, request)) ?? fetch(request);
}

async function fromNetwork(path: string, request: Request): Promise<Response> {
  const late = new Promise<null>((resolve) => setTimeout(() => resolve(null), PATIENCE_MS));
  const answer = fetch(request);
  const first = await Promise.race([answer.catch(() => null), late]);
  if (first && (first.ok || first.status < 500)) return first;
  return (await kept(path, request)) ?? answer;
}

/** The kept file, or the part of it that is asked for; servers answer so too. */
async function kept(path: string, request: Request): Promise<Response | null> {
  const whole = await (await caches.open(CACHE)).match(scope + path, { ignoreVary: true });
  if (!whole) return null;
  const range = /^bytes=(\d+)-(\d*)$/.exec(request.headers.get('range') ?? '');
  if (!range) return whole;
  const blob = await whole.blob();
  const start = Number(range[1]);
  const end = Math.min(range[2] === '' ? blob.size - 1 : Number(range[2]), blob.size - 1);
  const headers = new Headers(whole.headers);
  headers.set('Content-Range', start > end ? `bytes */${blob.size}` : `bytes ${start}-${end}/${blob.size}`);
  if (start > end) return new Response(null, { status: 416, headers });
  headers.set('Content-Length', String(end - start + 1));
  return new Response(blob.slice(start, end + 1), { status: 206, headers });
}
