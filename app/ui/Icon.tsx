const PATHS = {
  play: 'M2 1l9 5-9 5z',
  pause: 'M2 1h3v10H2zM7 1h3v10H7z',
  step: 'M1 1l6 5-6 5zM8 1h2.5v10H8z',
  start: 'M11 1L5 6l6 5zM4 1H1.5v10H4z',
  stop: 'M2 2h8v8H2z',
};

/** Transport signs; the button around it carries the name. */
export function Icon({ name, size = 12 }: { name: keyof typeof PATHS; size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 12 12" aria-hidden="true">
      <path d={PATHS[name]} fill="currentColor" />
    </svg>
  );
}

export function Logo() {
  return (
    <svg width="18" height="16" aria-hidden="true" fill="currentColor">
      <path d="M0 2h18v4.5H0zM0 9.5h5V14H0zM6.5 9.5h5V14h-5zM13 9.5h5V14h-5z" />
    </svg>
  );
}

/** The crossed square of a failure: shape, not only colour. */
export function Crossed() {
  return (
    <svg width="22" height="22" viewBox="0 0 16 16" aria-hidden="true">
      <rect x="2" y="2" width="12" height="12" rx="1" fill="var(--breaks)" />
      <path d="M5 5l6 6M11 5l-6 6" stroke="var(--bg)" strokeWidth="1.8" />
    </svg>
  );
}
