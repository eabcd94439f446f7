/** Beside the first seconds of a visit, which belong to the page. */
const WAIT_MS = 3000;

/** Lets later visits work without a connection. The development server is left alone; where it cannot be, the page goes on. */
export function keepForOffline(): void {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return;
  setTimeout(() => navigator.serviceWorker.register(new URL('sw.js', document.baseURI)).catch(() => {}), WAIT_MS);
}
